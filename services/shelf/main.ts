import { runService } from '../host/run-service.ts';
import { SHELF } from './service.ts';

void runService(SHELF, process.argv.slice(2), process.env).then((code) => process.exit(code));
