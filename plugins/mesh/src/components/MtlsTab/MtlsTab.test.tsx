import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { reviewsEntity } from '../../__fixtures__/entities';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { MtlsTab } from './MtlsTab';

setupMeshBackend();

describe('MtlsTab', () => {
  it('says the answer first', async () => {
    const { container } = await renderMesh(<MtlsTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Protected in part: clients may still use plaintext on port 8080 of reviews-v2 (east)',
      }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});
