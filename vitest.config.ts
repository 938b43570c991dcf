import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Vitest leaves one core idle: on two that is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 30_000,
          // No module of ours keeps a state, and a process for each file costs more than its tests.
          isolate: false,
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/architecture/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/contracts/**/*.test.ts', 'test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          // Real brokers, disks and signals on a loaded machine: a test may be run once more, and its report says so.
          retry: 1,
          fileParallelism: false,
          globalSetup: ['test/support/shared-broker-setup.ts'],
        },
      },
    ],
  },
});
