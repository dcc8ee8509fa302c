import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { deliveryOf, overruledCanary } from '../../__fixtures__/canaries';
import { plainEntity, reviewsEntity } from '../../__fixtures__/entities';
import { BROKEN } from '../../__fixtures__/fixtureBackend';
import { reviewsRouting } from '../../__fixtures__/routing';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { plain } from '../../__testUtils__/testTranslate';
import { SummaryCard } from './SummaryCard';

const backend = setupMeshBackend();

describe('SummaryCard', () => {
  it('says in a line each what the tabs say, and leads there', async () => {
    const { container } = await renderMesh(<SummaryCard />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByText('22 of 54 items are met, 1 fail, 30 are unknown'),
    ).toBeVisible();
    expect(
      await screen.findByText(/^4 rules for 2 Services, splits 85 %/),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'mTLS' })).toHaveAttribute(
      'href',
      '/catalog/default/component/reviews/mtls',
    );
    expect(screen.getByRole('link', { name: 'Routes' })).toHaveAttribute(
      'href',
      '/catalog/default/component/reviews/routing',
    );
    expect(screen.getByRole('link', { name: 'Readiness' })).toHaveAttribute(
      'href',
      '/catalog/default/component/reviews/readiness',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('names each canary once, with what is wrong with it', async () => {
    const services = reviewsRouting.services.map(service => ({
      ...service,
      delivery: deliveryOf(overruledCanary),
    }));
    backend.reply({ routing: { ...reviewsRouting, services } });
    await renderMesh(<SummaryCard />, { entity: reviewsEntity });
    const line = await screen.findByText(/Argo Rollout reviews/);
    expect(plain(line.textContent ?? '')).toMatch(
      /; Argo Rollout reviews: paused, Step 2 of 5, The Rollout wants 25 %, VirtualService shop\/reviews sends 10 %$/,
    );
    expect(line.textContent?.match(/Argo Rollout/g)).toHaveLength(1);
  });

  it('keeps the other lines where one fails', async () => {
    backend.reply({ readiness: BROKEN });
    await renderMesh(<SummaryCard />, { entity: reviewsEntity });
    expect(await screen.findByText(/Could not be loaded/)).toBeVisible();
    expect(await screen.findByText(/splits 85 %/)).toBeVisible();
  });

  it('draws nothing for an entity without workloads', async () => {
    await renderMesh(<SummaryCard />, { entity: plainEntity });
    expect(screen.queryByText('mTLS')).toBeNull();
  });
});
