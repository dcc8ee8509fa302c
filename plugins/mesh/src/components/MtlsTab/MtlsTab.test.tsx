import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  narrowEntity,
  plainEntity,
  reviewsEntity,
} from '../../__fixtures__/entities';
import {
  BROKEN,
  emptyReplies,
  FORBIDDEN,
  NOT_FOUND,
} from '../../__fixtures__/fixtureBackend';
import {
  emptyMtls,
  outsideMtls,
  protectedMtls,
  reviewsMtls,
  troubledMtls,
} from '../../__fixtures__/mtls';
import { outsideObserved, unmeasured } from '../../__fixtures__/observed';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { plain } from '../../__testUtils__/testTranslate';
import { MtlsTab } from './MtlsTab';

const backend = setupMeshBackend();
const SENTENCE =
  'Protected in part: clients may still use plaintext on port 8080 of reviews-v2 (east)';

const section = (name: string | RegExp) =>
  screen.findByRole('region', { name });
const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => plain(row.textContent ?? ''));

describe('MtlsTab', () => {
  it('says the answer first, then what each port accepts and who decided it', async () => {
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByRole('heading', { name: SENTENCE }),
    ).toBeVisible();
    const table = await screen.findByRole('table', {
      name: /^What each port of each workload accepts/,
    });
    await waitFor(() => expect(rowsOf(table)[0]).toContain('96 % mTLS'));
    const [first, second] = rowsOf(table);
    expect(first).toMatch(
      /reviews-v2 \(east\).*8080.*mTLS or plaintext.*PERMISSIVE.*PeerAuthentication shop\/reviews-v2.*all ports together.*3 clients.*Protected in part/,
    );
    // Istio's metric tells no ports apart: the figure is in one cell that spans them.
    expect(second).not.toContain('% mTLS');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows configuration while observation is on its way, or fails', async () => {
    backend.reply({ observedMtls: 'never', findings: BROKEN });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    expect(
      await screen.findByRole('heading', { name: SENTENCE }),
    ).toBeVisible();
    expect(
      screen.getByRole('status', {
        name: 'Loading what was observed on the wire',
      }),
    ).toBeVisible();
    expect(
      await screen.findByText('Could not load the findings'),
    ).toBeVisible();
    expect(
      screen.getByText(`500 InternalServerError: ${BROKEN.message}`),
    ).toBeVisible();
  });

  it('says how many of the known clients send what', async () => {
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    expect(await screen.findByText('mTLS: 2 of 4 callers')).toBeVisible();
    expect(screen.getByText('plaintext: 2 of 4 callers')).toBeVisible();
    expect(
      screen.getByText(
        '2 more clients of reviews-v2 (east) that you may not see in the catalog',
      ),
    ).toBeVisible();
  });

  it('tells no traffic from no measurement', async () => {
    const { unmount } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(await screen.findByText('no traffic')).toBeVisible();
    unmount();
    backend.reply({ observedMtls: unmeasured });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    expect(
      (
        await screen.findAllByText(
          'No Prometheus is configured for the cluster west; add one to mesh.prometheus',
        )
      )[0],
    ).toBeVisible();
    expect(screen.queryByText('no traffic')).toBeNull();
    expect(screen.queryByText('not seen')).toBeNull();
  });

  it('speaks of one workload by the URL', async () => {
    const user = userEvent.setup();
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    const select = await screen.findByRole('combobox', { name: 'Workloads' });
    expect(
      within(select)
        .getAllByRole('option')
        .map(option => option.textContent),
    ).toEqual([
      'All: 3 workloads on 2 clusters',
      'reviews-v2 (east): Protected in part',
      'reviews (west): mTLS in use',
      'reviews-v1 (east): Protected',
    ]);
    await user.selectOptions(select, 'reviews-v1 (east): Protected');
    expect(
      await screen.findByRole('heading', {
        name: 'Clients must use mTLS on 1 of 1 port',
      }),
    ).toBeVisible();
  });

  it('opens where a link leads to, and says so where that is gone', async () => {
    const { unmount } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
      path: '/?workload=west,reviews,Deployment,reviews&window=3600',
    });
    expect(
      await screen.findByRole('heading', { name: /^mTLS is in use/ }),
    ).toBeVisible();
    expect(screen.getByText('Observed, last 1 h')).toBeVisible();
    expect(
      backend.requests.some(({ url }) => url.endsWith('observed?window=3600')),
    ).toBe(true);
    unmount();
    await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
      path: '/?workload=west,reviews,Deployment,gone&window=17',
    });
    expect(
      await screen.findByText(/There is no workload .*gone here any more/),
    ).toBeVisible();
    expect(screen.getByText('Observed, last 15 min')).toBeVisible();
  });

  it('says where pods run otherwise than the configuration asks', async () => {
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    const table = await screen.findByRole('table', {
      name: 'How the pods of each workload take part in a mesh',
    });
    expect(rowsOf(table)[0]).toMatch(
      /Istio.*Mixed.*Configured: Sidecar.*2 of 3.*3 of 3 ready/,
    );
    expect(rowsOf(table)[1]).toMatch(/Linkerd.*Native sidecar.*as configured/);
  });

  it('says how to take part where a workload is in no mesh', async () => {
    backend.reply({ mtls: outsideMtls, observedMtls: outsideObserved });
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Not in a mesh: importer (east) runs without a proxy',
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Istio, with a sidecar in each pod' }),
    ).toHaveTextContent('sidecar.istio.io/inject: "true"');
    expect(
      screen.getByRole('region', {
        name: 'Linkerd, with a sidecar in each pod',
      }),
    ).toHaveTextContent('linkerd.io/inject: enabled');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks for no more than new pods where the configuration asks for a proxy already', async () => {
    const [outside] = outsideMtls.workloads;
    backend.reply({
      mtls: {
        ...outsideMtls,
        workloads: [
          {
            ...outside,
            enrolment: {
              ...outside.enrolment,
              expected: { value: 'sidecar', reasons: [] },
            },
          },
        ],
      },
      observedMtls: outsideObserved,
    });
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByText(
        'kubectl rollout restart deployment/importer --namespace legacy',
      ),
    ).toBeVisible();
    expect(
      screen.queryByRole('region', { name: /^Istio, with a sidecar/ }),
    ).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says of each cluster what is missing, since when, and what to do', async () => {
    backend.reply({ mtls: troubledMtls, observedMtls: BROKEN });
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByText('east could be read in part only'),
    ).toBeVisible();
    expect(
      screen.getByText(
        /add the rule for security.istio.io\/peerauthentications/,
      ),
    ).toBeVisible();
    expect(screen.getByText('west does not answer any more')).toBeVisible();
    expect(screen.getByText('north cannot be reached')).toBeVisible();
    expect(screen.getByText('south needs your own credentials')).toBeVisible();
    expect(screen.getByText('edge is still being read')).toBeVisible();
    expect(screen.getByText(/^Unknown: what port 9080/)).toBeVisible();
    const [since] = container.querySelectorAll(
      'time[datetime="2026-11-25T11:48:00.000Z"]',
    );
    expect(since).toHaveAttribute('title', expect.stringMatching(/2026/));
    expect(await axe(container)).toHaveNoViolations();
  });

  it('lists the findings, and the checks that did not run', async () => {
    const user = userEvent.setup();
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    const findings = await section('Findings (2)');
    expect(findings).toHaveTextContent(
      /Error.*IST0101.*also KIA1107.*no DestinationRule defines/,
    );
    expect(
      within(findings).getByRole('link', { name: /What IST0101 means/ }),
    ).toHaveAttribute(
      'href',
      'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
    );
    await user.click(within(findings).getByText('1 finding is suppressed'));
    expect(
      within(findings).getByText(
        'Suppressed: The object has the annotation galley.istio.io/analyze-suppress: IST0118',
      ),
    ).toBeVisible();
    await user.click(within(findings).getByText('1 check did not run'));
    expect(
      within(findings).getByText(
        'IST0128 on west: DestinationRule is not served by the cluster',
      ),
    ).toBeVisible();
    await user.click(
      within(findings).getByRole('button', {
        name: 'VirtualService shop/reviews',
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: /^IST0101/ }),
    ).toBeVisible();
  });

  it('says what was looked for where the annotations lead to nothing', async () => {
    backend.reply(emptyReplies);
    const { container } = await renderMesh(<MtlsTab />, {
      entity: narrowEntity,
    });
    expect(
      await screen.findByRole('heading', { name: 'No workloads found' }),
    ).toBeVisible();
    expect(screen.getByText('app=ratings,tier in (api)')).toBeVisible();
    expect(screen.getByText('shop')).toBeVisible();
    expect(
      screen.getByRole('link', { name: /How entities are matched/ }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that workloads may be there where not everything could be read', async () => {
    backend.reply({
      ...emptyReplies,
      mtls: {
        ...emptyMtls,
        clusters: troubledMtls.clusters,
        clusterListProblem: 'The Kubernetes plugin answered 503',
      },
    });
    await renderMesh(<MtlsTab />, { entity: narrowEntity });
    expect(
      await screen.findByText(/the workloads may be there all the same/),
    ).toBeVisible();
    expect(
      screen.getByText('The Kubernetes plugin answered 503'),
    ).toBeVisible();
  });

  it('names the annotations that are missing', async () => {
    await renderMesh(<MtlsTab />, { entity: plainEntity });
    expect(
      await screen.findByText(/One of the two annotations is enough/),
    ).toBeVisible();
    expect(
      screen.getAllByText(/backstage.io\/kubernetes-label-selector/)[0],
    ).toBeVisible();
    expect(backend.requests).toHaveLength(0);
  });

  it('names an annotation that cannot be read', async () => {
    const { container } = await renderMesh(<MtlsTab />, {
      entity: {
        ...narrowEntity,
        metadata: {
          ...narrowEntity.metadata,
          annotations: { 'backstage.io/kubernetes-label-selector': 'app in (' },
        },
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The annotation backstage.io/kubernetes-label-selector cannot be read',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['never', 'status', 'Loading what the workloads of this entity accept'],
    [BROKEN, 'alert', 'heap out of memory'],
    [FORBIDDEN, 'status', 'You may not see what the workloads'],
    [NOT_FOUND, 'status', 'The catalog has no component:default/reviews'],
  ] as const)('draws the state %j', async (reply, role, text) => {
    backend.reply({ mtls: reply });
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    const element =
      reply === 'never'
        ? await screen.findByRole(role, { name: new RegExp(text) })
        : await screen.findByRole(role);
    expect(reply === 'never' ? text : element.textContent).toContain(text);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks again on demand, and marks what changed', async () => {
    const user = userEvent.setup();
    backend.reply({ mtls: BROKEN });
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    backend.reply({ mtls: reviewsMtls });
    await user.click(retry);
    expect(
      await screen.findByRole('heading', { name: SENTENCE }),
    ).toBeVisible();
    expect(container.querySelector('[data-changed]')).toBeNull();
    backend.reply({
      mtls: {
        ...reviewsMtls,
        workloads: reviewsMtls.workloads.map(workload => ({
          ...workload,
          enrolment: { ...workload.enrolment, value: 'ambient' },
        })),
      },
    });
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() =>
      expect(container.querySelectorAll('[data-changed]')).toHaveLength(3),
    );
  });

  it('keeps an old picture, and says that it is old', async () => {
    const user = userEvent.setup();
    backend.reply({ mtls: protectedMtls, observedMtls: BROKEN });
    await renderMesh(<MtlsTab />, { entity: reviewsEntity });
    await screen.findByRole('heading', { name: /^Clients must use mTLS/ });
    backend.reply({ mtls: BROKEN, observedMtls: BROKEN });
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    expect(
      await screen.findByText('This picture is old: it could not be refreshed'),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { name: /^Clients must use mTLS/ }),
    ).toBeVisible();
  });
});
