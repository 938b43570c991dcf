import { runService } from '../host/run-service.ts';
import { SHELF } from './service.ts';

process.exit(await runService(SHELF, process.argv.slice(2), process.env));
