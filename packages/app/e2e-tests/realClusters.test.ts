import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, Page, test } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { expectAccessible } from './accessibility';
import { kubeconfigPath } from './cluster';
import { openPage } from './portal';
import { PortalProcess } from './portalProcess';
import { StoreAnswer, StoreServer } from './storeServer';

let portal: PortalProcess;
let traces: StoreServer;
let folder: string;

/** script/server --kubeconfig, on a cluster of the sandbox with a trace store, and on one whose exec plugin fails. */
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-e2e-'));
  const config = parse(readFileSync(kubeconfigPath(), 'utf8'));
  config.users.push({
    name: 'broken',
    user: {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: process.execPath,
        args: ['-e', 'console.error("please log in"); process.exit(1)'],
      },
    },
  });
  config.contexts.push({
    name: 'broken',
    context: { cluster: 'west', user: 'broken' },
  });
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, stringify(config));
  traces = await StoreServer.start();
  portal = await PortalProcess.start(
    join(folder, 'state'),
    ...['--kubeconfig', kubeconfig, '--context', 'east', 'broken'],
    ...['--jaeger', `east=${traces.url}`],
  );
});

test.afterAll(async () => {
  await portal?.stop();
  await traces?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('shows the clusters of a kubeconfig, and what is wrong with one of them', async ({
  page,
}) => {
  await openPage(page, `${portal.url}/mesh`);

  await expect(page.getByText('Up to date')).toBeVisible();
  await expect(page.getByRole('region', { name: 'broken' })).toContainText(
    'of user broken gave no credentials: it ended with exit code 1: please log in',
  );
  await expectAccessible(page);
});

test('shows what the mesh does for a component that was proposed', async ({
  page,
}) => {
  await openPage(page, `${portal.url}/catalog/shop/component/reviews/mtls`);

  await expect(page.getByText('PeerAuthentication').first()).toBeVisible();
  await expect(page.getByText('not measured').first()).toBeVisible();
});

test('has the Kubernetes tab of a context with a token', async ({ page }) => {
  await openPage(
    page,
    `${portal.url}/catalog/shop/component/reviews/kubernetes`,
  );

  await page.getByRole('button', { name: /east/ }).click();
  await expect(page.getByText('reviews-v1').first()).toBeVisible();
});

const BAD_ANSWERS: [string, StoreAnswer, string][] = [
  [
    '500',
    {
      status: 500,
      type: 'application/json',
      body: '{"data":null,"errors":[{"code":500,"msg":"disk full <b>now</b>"}]}',
    },
    'answered 500: disk full <b>now</b>',
  ],
  [
    'HTML',
    { status: 200, type: 'text/html', body: '<html>Sign in</html>' },
    'answered with text/html that is not JSON: is its URL that of a Jaeger query service?',
  ],
  [
    'another format',
    { status: 200, type: 'application/json', body: '{"traces":[]}' },
    'answered with JSON that is no answer of Jaeger',
  ],
];

/** Expects the message on the tab Traces, and another tab as if nothing was wrong. */
async function expectRefused(
  page: Page,
  answer: StoreAnswer,
  message: string,
): Promise<void> {
  traces.answer = answer;
  const entity = `${portal.url}/catalog/shop/component/reviews`;
  await openPage(page, `${entity}/traces`);

  // What a store failed to answer is kept for some seconds.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('alert')).toContainText(message, {
      timeout: 3_000,
    });
  }).toPass({ timeout: 30_000 });
  await expect(
    page.getByRole('heading', {
      name: 'The traces of this entity could not be read',
    }),
  ).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${entity}/mtls`);
  await expect(page.getByText('PeerAuthentication').first()).toBeVisible();
}

for (const [what, answer, message] of BAD_ANSWERS) {
  test(`says of a trace store that it answers ${what}, and shows the rest`, async ({
    page,
  }) => {
    await expectRefused(page, answer, message);
  });
}
