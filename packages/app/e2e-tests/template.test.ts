import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, Page, test } from '@playwright/test';
import { openPage } from './portal';

const FORM = '/create/templates/default/new-meshed-service';

/** Expects no finding of axe in what the template contributes to a page; the rest is the scaffolder's. */
async function expectAccessible(page: Page, part: string): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page })
    .include(part)
    // The scaffolder's form has an h5 for the title of each list and object, whatever comes before.
    .disableRules('heading-order')
    .analyze();
  expect(passes.length).toBeGreaterThan(0);
  expect(
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html}`),
    ),
  ).toEqual([]);
}

async function next(page: Page, button = 'Next'): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Picks an entity; the list has only those options in the page that are in view. */
async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label).first().fill(name);
  await page.getByRole('option').filter({ hasText: name }).first().click();
}

/** Fills in the form for a service that the storefront calls, and starts the task. */
async function runTemplate(
  page: Page,
  place: { cluster: string; namespace: string },
): Promise<void> {
  await openPage(page, FORM);
  await page.getByLabel('Name').fill('gift-cards');
  await choose(page, 'Owner', 'shop');
  await expectAccessible(page, 'form');
  await next(page);

  await page.getByLabel('Cluster').fill(place.cluster);
  await page.getByLabel('Namespace').fill(place.namespace);
  await page.getByLabel('Port').fill('8080');
  await expectAccessible(page, 'form');
  await next(page);
}

async function addCaller(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /add/i }).click();
  await choose(page, 'Entity', name);
}

async function create(page: Page): Promise<void> {
  await next(page);
  await next(page);
  await next(page, 'Review');
  await next(page, 'Create');
}

test('a new service in the mesh, from the form to the files', async ({
  page,
}) => {
  await runTemplate(page, { cluster: 'east', namespace: 'shop' });
  await addCaller(page, 'storefront');
  await create(page);

  await expect(
    page.getByRole('heading', { name: 'Where the files are' }),
  ).toBeVisible();
  const folder = await page
    .locator('code')
    .filter({ hasText: '/generated/' })
    .innerText();
  const state = process.env.MESH_E2E_STATE ?? '';
  expect(folder.startsWith(join(state, 'generated'))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual([
    'catalog-info.yaml',
    'manifests',
  ]);
  expect(
    readFileSync(join(folder, 'manifests/authorization-policy.yaml'), 'utf8'),
  ).toContain('cluster.local/ns/shop/sa/storefront');
  expect(existsSync(join(folder, 'manifests/virtual-service.yaml'))).toBe(true);
  await expect(page.getByText(`Kept the files in ${folder}`)).toBeVisible();
  await expectAccessible(page, '.MuiCard-root:has(code)');

  await page.getByRole('button', { name: 'What was generated' }).click();
  await expect(
    page.getByText('For Istio (sidecar) in the namespace shop on east'),
  ).toBeVisible();
});

test('a cluster that there is not is named in the log of the task', async ({
  page,
}) => {
  await runTemplate(page, { cluster: 'north', namespace: 'shop' });
  await create(page);

  await expect(
    page.getByText('there is no cluster north; there are east, west').first(),
  ).toBeVisible();
});
