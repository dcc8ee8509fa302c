import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { ReadinessAnswer } from 'backstage-plugin-mesh-common';
import { http, HttpResponse } from 'msw';
import { narrowEntity, reviewsEntity } from '../../__fixtures__/entities';
import {
  BROKEN,
  FORBIDDEN,
  NOT_FOUND,
} from '../../__fixtures__/fixtureBackend';
import {
  ATTESTED,
  emptyReadiness,
  readOnlyReadiness,
  reviewsReadiness,
  short,
  WAIVED,
} from '../../__fixtures__/readiness';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { ReadinessTab } from './ReadinessTab';

const backend = setupMeshBackend();

configure({ asyncUtilTimeout: 20_000 });

const RUNBOOKS = 'Create runbooks';
const BUDGETS = 'Set up pod disruption budgets';

/** Answers a write, and keeps what was sent. */
function takeWrites(status: number, body: object) {
  const sent: { path: string; body: unknown }[] = [];
  backend.server.use(
    http.post('*/api/mesh/*', async ({ request }) => {
      sent.push({
        path: new URL(request.url).pathname,
        body: await request.json(),
      });
      return HttpResponse.json(body, { status });
    }),
  );
  return sent;
}

/** The answer once somebody attested the runbooks. */
function attested(answer: ReadinessAnswer): ReadinessAnswer {
  return {
    ...answer,
    sections: answer.sections.map(section => ({
      ...section,
      items: section.items.map(item =>
        item.title === RUNBOOKS
          ? { ...item, state: 'attested' as const, attestation: ATTESTED }
          : item,
      ),
    })),
  };
}

async function rowOf(item: string): Promise<HTMLElement> {
  // The history below names the items, too.
  const [title] = await screen.findAllByText(item);
  const row = title.closest('tr');
  if (!row) {
    throw new TypeError(item);
  }
  return row;
}

describe('ReadinessTab', () => {
  it('says the counts first, then each item of each section with its state and evidence', async () => {
    await renderMesh(<ReadinessTab />, { entity: reviewsEntity });
    expect(
      await screen.findByRole('heading', {
        name: '22 of 54 items are met, 1 fail, 30 are unknown',
      }),
    ).toBeVisible();
    expect(
      screen.getByText(
        '21 pass · 1 fail · 1 attested · 1 waived · 30 unknown · 1 not applicable',
      ),
    ).toBeVisible();
    expect(screen.getAllByRole('table')).toHaveLength(12);
    expect(
      screen.getByRole('heading', { name: 'High Availability' }),
    ).toBeVisible();
    const failing = await rowOf(BUDGETS);
    expect(failing).toHaveTextContent(
      'no PodDisruptionBudget selects the pods of reviews-v2 (east)',
    );
    expect(within(failing).getByText('Fail')).toBeVisible();
    expect(failing).toHaveTextContent(
      'The waiver by user:default/jo expired: its last day was 2026-02-01',
    );
    expect(await rowOf('Enable mTLS for all services')).toHaveTextContent(
      'Unknown: forbidden',
    );
  });

  it('has nothing that axe finds', async () => {
    backend.reply({ readiness: short(reviewsReadiness) });
    const { container } = await renderMesh(<ReadinessTab />, {
      entity: reviewsEntity,
    });
    await rowOf(BUDGETS);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows what people said as text, with its proof, and what was measured beside it', async () => {
    await renderMesh(<ReadinessTab />, { entity: reviewsEntity });
    const row = await rowOf('Performance test');
    expect(row).toHaveTextContent('Load test of May <b>with proxies</b>');
    expect(row).toHaveTextContent(
      'Attested by user:default/jo, until 2099-01-01',
    );
    expect(within(row).getByRole('link', { name: /Proof/ })).toHaveAttribute(
      'href',
      ATTESTED.link,
    );
    expect(await rowOf('Configure network policies')).toHaveTextContent(
      'Measured: Fail',
    );
    const history = screen.getByRole('table', {
      name: 'What was attested and waived, the newest first',
    });
    expect(within(history).getAllByRole('row')).toHaveLength(5);
    expect(history).toHaveTextContent(
      /Revoked .* by user:default\/kim: The page is gone/,
    );
    expect(history).toHaveTextContent('2026-02-01 (expired)');
  });

  it('opens the reason of an item, which names the object', async () => {
    backend.reply({ readiness: short(reviewsReadiness) });
    const user = userEvent.setup();
    await renderMesh(<ReadinessTab />, { entity: reviewsEntity });
    await user.click(
      within(await rowOf(BUDGETS)).getByRole('button', { name: 'Why?' }),
    );
    expect(
      await screen.findByRole('dialog', {
        name: `${BUDGETS} · High Availability`,
      }),
    ).toHaveTextContent('Deployment shop/reviews-v2');
  });

  it('attests by keyboard alone, and asks again', async () => {
    backend.reply({ readiness: short(reviewsReadiness) });
    const user = userEvent.setup();
    const sent = takeWrites(201, ATTESTED);
    const { baseElement } = await renderMesh(<ReadinessTab />, {
      entity: reviewsEntity,
    });
    within(await rowOf(RUNBOOKS))
      .getByRole('button', { name: `Attest: ${RUNBOOKS}` })
      .focus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: `Attest “${RUNBOOKS}”`,
    });
    expect(await axe(baseElement)).toHaveNoViolations();
    await user.tab();
    await user.keyboard('In the wiki');
    await user.tab();
    await user.keyboard('https://wiki.example.com/runbooks');
    const day = within(dialog).getByLabelText(/Counts until/);
    await user.type(day, '2027-01-01');
    const asked = backend.requests.length;
    backend.reply({ readiness: attested(short(reviewsReadiness)) });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent).toEqual([
      {
        path: '/api/mesh/entities/component/default/reviews/readiness/items/documentation.create-runbooks/attestations',
        body: {
          reason: 'In the wiki',
          link: 'https://wiki.example.com/runbooks',
          expires: '2027-01-01',
        },
      },
    ]);
    await waitFor(() => expect(backend.requests.length).toBeGreaterThan(asked));
    const row = await rowOf(RUNBOOKS);
    await waitFor(() => expect(within(row).getByText(RUNBOOKS)).toHaveFocus());
    screen.getByRole('button', { name: `Revoke: ${RUNBOOKS}` });
  });

  it('says which field the backend refuses, and keeps what was written', async () => {
    backend.reply({ readiness: short(reviewsReadiness) });
    const user = userEvent.setup();
    const sent = takeWrites(400, {
      error: {
        name: 'InputError',
        message: 'Invalid body member "expires": the clock says otherwise',
      },
      response: { statusCode: 400 },
    });
    await renderMesh(<ReadinessTab />, { entity: reviewsEntity });
    await user.click(
      within(await rowOf(BUDGETS)).getByRole('button', {
        name: `Waive: ${BUDGETS}`,
      }),
    );
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText(/Reason/), 'Not yet');
    await user.type(
      within(dialog).getByLabelText(/Counts until/),
      '2020-01-01',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Waive' }));
    const day = within(dialog).getByLabelText(/Counts until/);
    expect(day).toHaveAccessibleDescription(/^This day is over/);
    expect(day).toBeInvalid();
    expect(day).toHaveFocus();
    expect(sent).toEqual([]);
    await user.clear(day);
    await user.type(day, '2027-01-01');
    await user.click(within(dialog).getByRole('button', { name: 'Waive' }));
    await waitFor(() =>
      expect(day).toHaveAccessibleDescription('The clock says otherwise'),
    );
    expect(day).toBeInvalid();
    expect(within(dialog).queryByRole('alert')).toBeNull();
    expect(within(dialog).getByLabelText(/Reason/)).toHaveValue('Not yet');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('takes a waiver back', async () => {
    backend.reply({ readiness: short(reviewsReadiness) });
    const user = userEvent.setup();
    const sent = takeWrites(201, WAIVED);
    await renderMesh(<ReadinessTab />, { entity: reviewsEntity });
    await user.click(
      within(await rowOf('Configure network policies')).getByRole('button', {
        name: 'Revoke: Configure network policies',
      }),
    );
    await user.tab();
    await user.keyboard('It is there now');
    await user.click(screen.getByRole('button', { name: 'Revoke' }));
    await waitFor(() =>
      expect(sent).toEqual([
        {
          path: `/api/mesh/entities/component/default/reviews/readiness/records/${WAIVED.id}/revocation`,
          body: { reason: 'It is there now' },
        },
      ]),
    );
  });

  it('offers nothing to who may say nothing, and says what is needed', async () => {
    backend.reply({ readiness: short(readOnlyReadiness) });
    await renderMesh(<ReadinessTab />, { entity: reviewsEntity });
    await rowOf(BUDGETS);
    expect(
      screen.queryByRole('button', { name: /^(Attest|Waive|Revoke)/ }),
    ).toBeNull();
    expect(screen.getByText(/mesh\.checklist\.attest/)).toBeVisible();
  });

  it('passes nothing where nothing runs', async () => {
    backend.reply({ readiness: short(emptyReadiness) });
    const { container } = await renderMesh(<ReadinessTab />, {
      entity: narrowEntity,
    });
    expect(
      await screen.findByRole('heading', { name: /^0 of 55 items are met/ }),
    ).toBeVisible();
    expect(
      screen.getByText('Nobody has attested or waived anything yet.'),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['never', 'status', 'Loading the checklist of this entity'],
    [BROKEN, 'alert', 'heap out of memory'],
    [FORBIDDEN, 'status', 'You may not see the checklist of this entity'],
    [NOT_FOUND, 'status', 'The catalog has no component:default/reviews'],
  ] as const)('draws the state %j', async (reply, role, text) => {
    backend.reply({ readiness: reply });
    const { container } = await renderMesh(<ReadinessTab />, {
      entity: reviewsEntity,
    });
    const element =
      reply === 'never'
        ? await screen.findByRole(role, { name: text })
        : await screen.findByRole(role);
    expect(reply === 'never' ? text : element.textContent).toContain(text);
    expect(await axe(container)).toHaveNoViolations();
  });
});
