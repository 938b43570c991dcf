import { runService } from '../host/run-service.ts';
import { KEEPER } from './service.ts';

process.exit(await runService(KEEPER, process.argv.slice(2), process.env));
