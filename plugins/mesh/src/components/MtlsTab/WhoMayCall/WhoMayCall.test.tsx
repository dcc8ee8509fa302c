import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { openCallers, reviewsCallers } from '../../../__fixtures__/callers';
import { reviewsEntity } from '../../../__fixtures__/entities';
import { BROKEN, FORBIDDEN } from '../../../__fixtures__/fixtureBackend';
import { emptyMtls, reviewsMtls } from '../../../__fixtures__/mtls';
import { setupMeshBackend } from '../../../__testUtils__/meshBackend';
import { renderMesh } from '../../../__testUtils__/renderMesh';
import { plain } from '../../../__testUtils__/testTranslate';
import { MtlsTab } from '../MtlsTab';

const backend = setupMeshBackend();

const section = () => screen.findByRole('region', { name: 'Who may call' });
const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => plain(row.textContent ?? ''));
const table = async (name: RegExp) =>
  within(await section()).findByRole('table', { name });
const callers = () => table(/^Who may call, decided by what/);
const rules = () => table(/^The rules about who may call/);

describe('who may call', () => {
  it('says the answer first, then the rules as written, then each caller', async () => {
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByText(
        'Only 1 known caller may call: the one that the rules name.',
      ),
    ).toBeVisible();
    expect(rowsOf(await rules())).toEqual([
      expect.stringMatching(
        /denies.*DENY.*only tried \(dry run\).*anybody.*\/admin.*AuthorizationPolicy shop\/no-admin.*reviews-v1 \(east\): 9080.*reviews-v2 \(east\): 8080, 9080/,
      ),
      expect.stringMatching(
        /lets in.*ALLOW.*cluster\.local\/ns\/shop\/sa\/productpage or 1 identity that you may not see.*GET or POST · \/reviews\/\*.*AuthorizationPolicy shop\/reviews-callers/,
      ),
    ]);
    await waitFor(async () =>
      expect(rowsOf(await callers()).join()).toContain('cron (east)'),
    );
    const found = rowsOf(await callers());
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /importer \(east\).*The catalog declares this caller, but it may not call.*denied.*none.*PeerAuthentication shop\/default.*declared/,
        ),
        expect.stringMatching(
          /productpage \(east\).*depends on the request.*GET or POST · \/reviews\/\*.*AuthorizationPolicy shop\/reviews-callers.*mTLS.*declared/,
        ),
        expect.stringMatching(
          /component:default\/app.*It has no workload on this cluster.*unknown/,
        ),
        expect.stringMatching(
          /cron \(east\).*It was seen calling, but neither the catalog nor a rule names it.*not declared/,
        ),
        expect.stringMatching(/Anybody outside the mesh.*denied/),
      ]),
    );
    expect(
      await screen.findByText(/1 more caller of reviews-v2 \(east\) that/),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens the object that decided about a caller', async () => {
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    const row = within(await callers())
      .getAllByRole('row')
      .find(({ textContent }) => textContent?.includes('depends'));
    if (!row) {
      throw new Error('There is no caller that depends');
    }
    await userEvent.click(
      within(row).getByRole('button', { name: /reviews-callers/ }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(drawer).toHaveTextContent('May productpage (east) call?');
    expect(drawer).toHaveTextContent('rule 1 allows on conditions');
  });

  it('says that no rule is about it', async () => {
    backend.reply({ callers: openCallers });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    expect(
      await screen.findByText('No rule is about who may call.'),
    ).toBeVisible();
  });

  it.each([
    [
      'fails',
      BROKEN,
      'Could not load who may call the workloads of this entity',
    ],
    [
      'is forbidden',
      FORBIDDEN,
      'You may not see who may call the workloads of this entity',
    ],
  ])(
    'keeps the rest of the page where the answer %s',
    async (_, reply, text) => {
      backend.reply({ callers: reply });
      await renderMesh(<MtlsTab />, { entity: reviewsEntity });
      expect(await screen.findByText(text)).toBeVisible();
      expect(
        screen.getByRole('table', { name: /^What each port/ }),
      ).toBeVisible();
    },
  );

  it('holds the place while the answer is on its way', async () => {
    backend.reply({ callers: 'never' });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    expect(
      await screen.findByRole('status', {
        name: 'Loading who may call the workloads of this entity',
      }),
    ).toBeVisible();
  });

  it('says that configuration was not seen calling where nothing was measured', async () => {
    backend.reply({ observedMtls: BROKEN, callers: reviewsCallers });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    await waitFor(async () =>
      expect(rowsOf(await callers())[0]).toContain('not measured'),
    );
  });

  it.each([
    ['some', reviewsMtls],
    ['no', emptyMtls],
  ])('says what mesh.entityScope keeps, with %s workloads', async (_, mtls) => {
    backend.reply({
      mtls: {
        ...mtls,
        scopeLimit:
          'mesh.entityScope lets component:default/reviews reach the namespaces shop only',
      },
    });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    expect(
      await screen.findByText(/reach the namespaces shop only/),
    ).toBeVisible();
  });
});
