import { defineConfig } from '@playwright/test';

/** End-to-end tests of the built portal on the sandbox, which the global setup starts on free ports. */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  globalSetup: require.resolve('./packages/app/e2e-tests/globalSetup.ts'),
  // The tests share one portal and one pair of clusters, which some of them change.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: 'list',
  use: {
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  outputDir: 'node_modules/.cache/e2e-test-results',
});
