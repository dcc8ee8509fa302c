import { expect, Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage, THEMES } from './portal';

const section = (page: Page) =>
  page.getByRole('region', { name: 'Who may call', exact: true });
const callers = (page: Page) =>
  section(page).getByRole('table', { name: /^Who may call/ });
const rules = (page: Page) =>
  section(page).getByRole('table', { name: /^The rules about who may call/ });

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('who may call a service in Istio', async ({ page }) => {
      await openPage(page, entityTab('reviews', 'mtls'), theme);

      await expect(rules(page)).toContainText('ALLOW');
      await expect(rules(page)).toContainText(
        'AuthorizationPolicy shop/reviews-callers',
      );
      const storefront = callers(page)
        .getByRole('row')
        .filter({ hasText: 'storefront' });
      await expect(storefront.first()).toContainText('depends on the request');
      await expect(storefront.first()).toContainText('/reviews/*');
      await expect(storefront.first()).toContainText('declared');
      const outside = callers(page)
        .getByRole('row')
        .filter({ hasText: 'Anybody outside the mesh' });
      await expect(outside).toContainText('denied');
      await expect(outside).toContainText('PeerAuthentication shop/default');
      await expectAccessible(page);
    });

    test('who may call a service in Linkerd', async ({ page }) => {
      await openPage(page, entityTab('voting', 'mtls'), theme);

      await expect(rules(page)).toContainText('everybody else');
      await expect(rules(page)).toContainText(
        'AuthorizationPolicy emojipoll/voting-callers',
      );
      const others = callers(page)
        .getByRole('row')
        .filter({ hasText: 'Anybody else in the mesh' });
      await expect(others).toContainText('denied');
      await expectAccessible(page);
    });
  });
}

test('a decision opens the policy that made it, by keyboard', async ({
  page,
}) => {
  await openPage(page, entityTab('reviews', 'mtls'));
  const decidedBy = callers(page)
    .getByRole('row')
    .filter({ hasText: 'depends on the request' })
    .first()
    .getByRole('button', { name: /reviews-callers/ });

  await decidedBy.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('rule 1 allows on conditions');
  await expect(drawer).toContainText('kind: AuthorizationPolicy');

  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});
