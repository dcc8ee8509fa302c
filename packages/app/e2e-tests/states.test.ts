import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage, THEMES } from './portal';

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('annotations that lead to no workload', async ({ page }) => {
      await openPage(page, entityTab('wishlist', 'mtls'), theme);

      await expect(
        page.getByText('backstage.io/kubernetes-id=wishlist').first(),
      ).toBeVisible();
      await expectAccessible(page);
    });

    test('a service outside the mesh', async ({ page }) => {
      await openPage(page, entityTab('importer', 'mtls'), theme);

      await expect(
        page.getByRole('heading', { level: 2, name: /not in a mesh/i }).first(),
      ).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test('an entity without the annotations has no mesh tabs', async ({ page }) => {
  await openPage(page, '/catalog/default/component/mobile-app');

  await expect(page.getByRole('heading', { name: 'mobile-app' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'mTLS' })).toHaveCount(0);
});

test('the Kubernetes tab of the same entity shows its objects', async ({
  page,
}) => {
  await openPage(page, entityTab('reviews', 'kubernetes'));

  await page.getByRole('button', { name: /East \(Istio\)/ }).click();
  await expect(page.getByText('reviews-v1').first()).toBeVisible();
  await expect(page.getByText('There was a problem')).toHaveCount(0);
});
