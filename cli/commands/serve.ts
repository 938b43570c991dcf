import type { SERVICES } from '../../services/host/services.ts';
import type { Command } from '../command/command.ts';
import { misused } from '../command/outcome.ts';

const NAMES = ['shelf', 'keeper'] as const satisfies readonly (keyof typeof SERVICES)[];

/** Runs a service until a signal ends it, as systemd and containers start it. */
export const serve: Command = {
  name: 'serve',
  group: 'Services',
  summary: 'Run a service until it is told to stop',
  details: [
    'shelf says in the log that shelves have ended, and cuts those that are too long; keeper writes down what compaction would forget of open alarms, and the journal. Any number of each may run on one Kafka.',
    'What follows the name are the service’s own options: klaxon serve shelf --help lists them with their variables. It logs lines of JSON, and ends with an exit code of its own (docs/operations.md).',
  ],
  operands: [{ name: 'SERVICE', summary: 'The service.', choices: NAMES }],
  options: [],
  passesOn: true,
  examples: [
    { line: 'serve shelf', does: 'On the Kafka of BOOTSTRAP_SERVERS.' },
    { line: 'serve keeper --http-address off', does: 'Without an address for health.' },
    { line: 'serve shelf --help', does: 'Its options.' },
  ],
  run: async ({ given, env }) => {
    const name = NAMES.find((one) => one === given.operands[0]);
    if (name === undefined) return misused(`Choose a service: ${NAMES.join(', ')}.`);
    const [{ SERVICES: services }, { runService }] = await Promise.all([
      import('../../services/host/services.ts'),
      import('../../services/host/run-service.ts'),
    ]);
    return { exit: await runService(services[name], given.passedOn, env), problems: [] };
  },
};
