import { expect, Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage, THEMES } from './portal';

const panel = (page: Page) =>
  page.getByRole('region', { name: 'Try a request to reviews.shop' });

const outcome = (page: Page, text: RegExp) =>
  panel(page).getByRole('status').filter({ hasText: text });

async function ask(
  page: Page,
  fields: { from: string; path: string; headers?: string },
) {
  const form = panel(page);
  await form.getByLabel('From').fill(fields.from);
  await form.getByLabel('Path').fill(fields.path);
  await form.getByLabel('Headers').fill(fields.headers ?? '');
  await form.getByRole('button', { name: 'Walk it' }).click();
}

for (const theme of THEMES) {
  test(`a request is walked step by step, in the ${theme} theme`, async ({
    page,
  }) => {
    await openPage(page, entityTab('reviews', 'routing'), theme);
    await ask(page, {
      from: 'shop/Deployment/storefront',
      path: '/reviews/1',
      headers: 'end-user: jason',
    });

    await expect(
      outcome(page, /^Delivered: 200 expected from reviews-v3/),
    ).toBeVisible();
    const steps = panel(page)
      .getByRole('list', { name: 'Steps of the request' })
      .getByRole('listitem');
    await expect(steps.nth(1)).toContainText(
      'VirtualService shop/reviews http[0]',
    );
    await expect(steps.nth(3)).toContainText('PeerAuthentication');
    await expect(steps.nth(4)).toContainText(
      'AuthorizationPolicy shop/reviews-callers',
    );
    await expectAccessible(page);
  });
}

test('a request that is refused shows the step that refuses it, by keyboard', async ({
  page,
  browser,
}) => {
  await openPage(page, entityTab('reviews', 'routing'));
  await ask(page, {
    from: 'legacy/Deployment/importer',
    path: '/reviews/1',
  });
  const refused =
    /^Fails: client plaintext, server STRICT: the connection is reset/;
  await expect(outcome(page, refused)).toBeVisible();

  const decider = panel(page).getByRole('button', {
    name: 'PeerAuthentication shop/default',
  });
  await decider.first().press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('kind: PeerAuthentication');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  // A link shows what its sender saw.
  const link = new URL(page.url());
  const other = await (await browser.newContext()).newPage();
  await openPage(other, link.pathname + link.search);
  await expect(outcome(other, refused)).toBeVisible();
});

test('a request from outside is walked through its Gateway', async ({
  page,
}) => {
  await openPage(page, entityTab('storefront', 'routing'));
  const form = page.getByRole('region', {
    name: /^Try a request to storefront/,
  });
  await form.getByLabel('From').fill('istio-ingress/Gateway/shop');
  await expect(form.getByLabel('Host')).toHaveValue('shop.example.com');
  await form.getByRole('button', { name: 'Walk it' }).click();
  await expect(
    form.getByRole('status').filter({ hasText: /^Delivered/ }),
  ).toBeVisible();
  await expect(
    form.getByRole('list', { name: 'Steps of the request' }),
  ).toContainText('Gateway istio-ingress/shop');
  await expectAccessible(page);
});

test('a request in Linkerd is walked by the routes of its Service', async ({
  page,
}) => {
  await openPage(page, entityTab('leaderboard', 'routing'));
  const form = page.getByRole('region', {
    name: 'Try a request to leaderboard.emojipoll',
  });
  await form.getByLabel('From').fill('emojipoll/Deployment/web');
  await form.getByRole('button', { name: 'Walk it' }).click();
  await expect(
    form.getByRole('status').filter({ hasText: /^Delivered: 80 %/ }),
  ).toBeVisible();
  await expect(form).toContainText(
    'HTTPRoute emojipoll/leaderboard-split rules[1]',
  );
  await expect(form).toContainText('client mutual TLS of the mesh');
  await expectAccessible(page);
});
