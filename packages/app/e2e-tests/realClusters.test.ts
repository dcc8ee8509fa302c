import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { expectAccessible } from './accessibility';
import { kubeconfigPath } from './cluster';
import { openPage } from './portal';
import { PortalProcess } from './portalProcess';

let portal: PortalProcess;
let folder: string;

/** script/server --kubeconfig, on a cluster of the sandbox and on one whose exec plugin fails. */
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
  portal = await PortalProcess.start(
    join(folder, 'state'),
    ...['--kubeconfig', kubeconfig, '--context', 'east', 'broken'],
  );
});

test.afterAll(async () => {
  await portal?.stop();
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
