import { runService } from '../../services/host/run-service.ts';
import { SHELF } from '../../services/shelf/service.ts';

/** The shelf service as it is shipped: one bundled file. */
process.exit(await runService(SHELF, process.argv.slice(2), process.env));
