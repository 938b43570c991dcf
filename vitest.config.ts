import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/architecture/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/contracts/**/*.test.ts', 'test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          globalSetup: ['test/support/shared-broker-setup.ts'],
        },
      },
    ],
  },
});
