import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, Page, test } from '@playwright/test';
import { parse } from 'yaml';
import { openPage } from './portal';

const FORM = '/create/templates/default/new-meshed-service';

/** Expects no finding of axe in what the template contributes to a page; the rest is the scaffolder's. */
async function expectAccessible(
  page: Page,
  part: string,
  ofTheScaffolder?: string,
): Promise<void> {
  const builder = new AxeBuilder({ page }).include(part);
  if (ofTheScaffolder) {
    builder.exclude(ofTheScaffolder);
  }
  const { violations, passes } = await builder
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

/** Fills in what the service is and where it runs, as a user without a mouse does the place. */
async function fillIn(
  page: Page,
  service: { name: string; cluster: string; description?: string },
): Promise<void> {
  const { name, cluster, description } = service;
  await openPage(page, FORM);
  await page.getByLabel('Name').fill(name);
  await choose(page, 'Owner', 'shop');
  if (description) {
    await page.getByLabel('Description').fill(description);
  }
  await expectAccessible(page, 'form');
  await next(page);

  await page.getByLabel('Cluster').focus();
  await page.keyboard.type(cluster);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Namespace')).toBeFocused();
  await page.keyboard.type('shop');
  await page.getByLabel('Port').fill('8080');
}

async function addCaller(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /add/i }).click();
  await choose(page, 'Entity', name);
}

/** From the page of the place to the start of the task; looks at each page on the way. */
async function create(
  page: Page,
  options: { caller?: string; overwrite?: boolean } = {},
): Promise<void> {
  await expect(
    page.getByText('A new pod there is carried by Istio (sidecar).'),
  ).toBeVisible();
  await expectAccessible(page, 'form');
  await next(page);
  if (options.caller) {
    await addCaller(page, options.caller);
  }
  await expectAccessible(page, 'form');
  await next(page);
  await expect(page.getByLabel('Timeout of a request')).toBeVisible();
  await expectAccessible(page, 'form');
  await next(page);
  const overwrite = page.getByRole('checkbox', { name: /to be replaced/ });
  await expect(overwrite).toBeVisible();
  if (options.overwrite) {
    await overwrite.focus();
    await page.keyboard.press('Space');
  }
  await expectAccessible(page, 'form');
  await next(page, 'Review');
  await next(page, 'Create');
}

/** Would be a mapping, an anchor, an expression of the scaffolder and a comment, were it written as it is. */
const DESCRIPTION = `&cards: {{ x }} ${'${{ secrets.token }}'} # "y" '`;

test('a new service in the mesh, from the form to the files', async ({
  page,
}) => {
  await fillIn(page, {
    name: 'gift-cards',
    cluster: 'east',
    description: DESCRIPTION,
  });
  await create(page, { caller: 'storefront' });

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
  expect(
    parse(readFileSync(join(folder, 'catalog-info.yaml'), 'utf8')).metadata,
  ).toMatchObject({ name: 'gift-cards', description: DESCRIPTION });
  await expect(page.getByText(`Kept the files in ${folder}`)).toBeVisible();
  await expectAccessible(page, '.MuiCard-root:has(code)');

  await page.getByRole('button', { name: 'What was generated' }).click();
  await expect(
    page.getByText('For Istio (sidecar) in the namespace shop on east'),
  ).toBeVisible();
});

test('a cluster that there is not is named in the form', async ({ page }) => {
  await fillIn(page, { name: 'gift-cards', cluster: 'north' });
  await next(page);
  await expect(
    page.getByText('there is no cluster north; there are: east, west').first(),
  ).toBeVisible();
  // The scaffolder draws the error, in a red that has too little contrast in the light theme.
  await expectAccessible(page, 'form', '#root_place__error');
});

test('a name of 300 characters and a port that there is not are named in the form', async ({
  page,
}) => {
  await openPage(page, FORM);
  await page.getByLabel('Name').fill('a'.repeat(300));
  await choose(page, 'Owner', 'shop');
  await next(page);
  await expect(page.locator('#root_name__error')).toContainText(
    '63 characters',
  );
  await page.getByLabel('Name').fill('gift-cards');
  await next(page);

  await page.getByLabel('Cluster').fill('east');
  await page.getByLabel('Namespace').fill('shop');
  const field = page.getByLabel('Port');
  for (const [port, problem] of [
    ['70000', 'less than or equal to 65535'],
    ['0', 'greater than or equal to 1'],
  ]) {
    await field.fill(port);
    await next(page);
    // The browser says it, and goes to the field.
    await expect(field).toBeFocused();
    expect(
      await field.evaluate(
        (input: HTMLInputElement) => input.validationMessage,
      ),
    ).toContain(problem);
  }
  await field.fill('8080');
  await next(page);
  await expect(page.getByRole('button', { name: /add/i })).toBeVisible();
});

test('a service that is there already is not replaced unless that is meant', async ({
  page,
}) => {
  await fillIn(page, { name: 'storefront', cluster: 'east' });
  await create(page);
  await expect(
    page
      .getByText(/on east there (is|are) already .*Service shop\/storefront/)
      .first(),
  ).toBeVisible();
});

test('a service that is there already is replaced where that is meant', async ({
  page,
}) => {
  await fillIn(page, { name: 'storefront', cluster: 'east' });
  await create(page, { overwrite: true });
  await expect(
    page.getByRole('heading', { name: 'Where the files are' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'What was generated' }).click();
  await expect(
    page
      .getByText(/Applying the manifests replaces what is on east already/)
      .last(),
  ).toBeVisible();
});
