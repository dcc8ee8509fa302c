import { expect, Page, test } from '@playwright/test';
import { findKubectl, kubectl, patchObject } from './cluster';
import { entityTab, openPage } from './portal';

const REVIEWS =
  '/apis/networking.istio.io/v1/namespaces/shop/virtualservices/reviews';

function weights(v1: number, v2: number) {
  return [
    { op: 'replace', path: '/spec/http/1/route/0/weight', value: v1 },
    { op: 'replace', path: '/spec/http/1/route/1/weight', value: v2 },
  ];
}

function canary(page: Page) {
  return page.getByRole('row').filter({ hasText: 'every other request' });
}

test.afterEach(() => patchObject('east', REVIEWS, weights(90, 10)));

test('a weight that changes in the cluster changes on the open page', async ({
  page,
}) => {
  await openPage(page, entityTab('reviews', 'routing'));
  await expect(canary(page)).toContainText('90 %');
  let reloads = 0;
  page.on('load', () => {
    reloads += 1;
  });

  await patchObject('east', REVIEWS, weights(60, 40));

  await expect(canary(page)).toContainText('60 %');
  await expect(canary(page)).toContainText('40 %');
  expect(reloads).toBe(0);
});

const command = findKubectl();

(command ? test : test.skip)(
  `the same by kubectl${command ? '' : ' (there is none on this machine)'}`,
  async ({ page }) => {
    await openPage(page, entityTab('reviews', 'routing'));
    await expect(canary(page)).toContainText('90 %');

    kubectl(command ?? '', 'east', [
      '-n',
      'shop',
      'patch',
      'virtualservice',
      'reviews',
      '--type',
      'json',
      '-p',
      JSON.stringify(weights(70, 30)),
    ]);

    await expect(canary(page)).toContainText('70 %');
    await expect(canary(page)).toContainText('30 %');
  },
);
