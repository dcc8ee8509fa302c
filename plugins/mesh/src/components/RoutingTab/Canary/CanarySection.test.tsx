import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CanaryState, Delivery } from 'backstage-plugin-mesh-common';
import { axe } from 'jest-axe';
import {
  deliveryOf,
  measuredCanary,
  overruledCanary,
  pausedCanary,
} from '../../../__fixtures__/canaries';
import { reviewsEntity } from '../../../__fixtures__/entities';
import { reviewsRouting } from '../../../__fixtures__/routing';
import { setupMeshBackend } from '../../../__testUtils__/meshBackend';
import { renderMesh } from '../../../__testUtils__/renderMesh';
import { plain } from '../../../__testUtils__/testTranslate';
import { RoutingTab } from '../RoutingTab';

const backend = setupMeshBackend();

/** The tab of one Service with these canaries, as text. */
async function show(delivery: Delivery) {
  const [service] = reviewsRouting.services;
  backend.reply({
    routing: { ...reviewsRouting, services: [{ ...service, delivery }] },
  });
  const { container } = await renderMesh(<RoutingTab />, {
    entity: reviewsEntity,
  });
  const section = (await screen.findByRole('heading', { name: 'Canary' }))
    .parentElement;
  if (!section) {
    throw new Error('the heading stands in nothing');
  }
  return { container, section, text: plain(section.textContent ?? '') };
}

describe('the canaries of a Service', () => {
  it('say in a line how far they are, what comes next, and that nothing is wrong', async () => {
    const { container, section, text } = await show(deliveryOf(pausedCanary));
    expect(text).toMatch(
      /Argo Rollout reviewscanarypausedStep 2 of 5: pause 10m10 % to the new version→ next 25 % after 10 min \(in .*\)Degraded\? no/,
    );
    expect(text).toContain(
      'Requests are shared by a VirtualService · VirtualService shop/reviews sends 10 %',
    );
    const bar = within(section).getByRole('progressbar', {
      name: 'Steps of Argo Rollout reviews',
    });
    expect(bar).toHaveAttribute('aria-valuenow', '40');
    expect(bar).toHaveAttribute('aria-valuetext', 'Step 2 of 5: pause 10m');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('say where the mesh does not send what the controller wants, and open both sides', async () => {
    const { section } = await show(deliveryOf(overruledCanary));
    const difference = within(section).getByText(
      'The Rollout wants 25 %, VirtualService shop/reviews sends 10 %',
    );
    expect(difference).toBeVisible();
    await userEvent.click(
      within(section).getByRole('button', { name: 'Why?' }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByText(/status\.canary\.weights/)).toBeVisible();
    expect(
      within(drawer).getByText(/spec\.http\[0\]\.route\[1\]\.weight/),
    ).toBeVisible();
  });

  it('count what failed of what Flagger measures', async () => {
    const { text } = await show(deliveryOf(measuredCanary));
    expect(text).toMatch(
      /Flagger Canary reviews.*new version under way \(Progressing\).*Step 1 of 3.*next 40 % if what is measured is good, every 1 min.*Failed checks: 1 \(5 end it\)/,
    );
  });

  it.each<[string, Partial<CanaryState>, string[]]>([
    [
      'without a status',
      {
        phase: { value: 'unknown', reasons: [] },
        step: undefined,
        wanted: undefined,
        next: undefined,
      },
      ['not started, or not known', 'Degraded? not known'],
    ],
    [
      'that is called off',
      {
        phase: { value: 'failed', term: 'Degraded', reasons: [] },
        aborted: true,
        step: undefined,
        next: undefined,
      },
      ['aborted (Degraded)', 'Degraded? yes'],
    ],
    [
      'that waits for somebody',
      { next: { percent: 50, text: 'setWeight 50', waitsFor: 'person' } },
      ['next 50 % when somebody lets it go on'],
    ],
    [
      'whose last step this is',
      { next: { text: 'promotion', waitsFor: 'pods' } },
      ['next: promotion when the pods are ready'],
    ],
    [
      'by the number of pods',
      { steering: { value: 'pods', reasons: [], routes: [] } },
      ['10 % of the pods', 'Requests are shared by the number of pods'],
    ],
    [
      'whose pause is over',
      {
        next: {
          percent: 25,
          text: 'setWeight 25',
          waitsFor: 'time',
          afterMs: 600_000,
          at: '2026-01-01T00:00:00Z',
        },
      },
      ['(due now)'],
    ],
  ])('%s', async (_, change, texts) => {
    const { text } = await show(deliveryOf({ ...pausedCanary, ...change }));
    for (const each of texts) {
      expect(text).toContain(each);
    }
  });

  it('say what could not be read', async () => {
    const { text } = await show({
      canaries: [],
      unread: [
        {
          kind: 'argoproj.io/Rollout',
          cause: 'forbidden',
          message: 'the rule for rollouts is missing',
        },
      ],
    });
    expect(text).toMatch(
      /Whether a controller moves these weights is not known.*argoproj\.io\/Rollout.*the rule for rollouts is missing/,
    );
  });
});
