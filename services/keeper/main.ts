import { runService } from '../host/run-service.ts';
import { KEEPER } from './service.ts';

void runService(KEEPER, process.argv.slice(2), process.env).then((code) => process.exit(code));
