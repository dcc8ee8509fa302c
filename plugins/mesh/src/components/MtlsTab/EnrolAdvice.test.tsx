import { screen } from '@testing-library/react';
import { WorkloadMtls } from 'backstage-plugin-mesh-common';
import { plainEntity } from '../../__fixtures__/entities';
import { outsideMtls } from '../../__fixtures__/mtls';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { EnrolAdvice } from './EnrolAdvice';

setupMeshBackend();

const [outside] = outsideMtls.workloads;

function ofKind(kind: string): WorkloadMtls {
  return { ...outside, workload: { ...outside.workload, kind } };
}

const advice = () => screen.queryByRole('heading', { name: /mesh/i, level: 4 });

describe('EnrolAdvice', () => {
  it('says how a workload gets into a mesh', async () => {
    await renderMesh(<EnrolAdvice workloads={[ofKind('Deployment')]} />, {
      entity: plainEntity,
    });
    expect(advice()).toBeVisible();
  });

  it.each(['WorkloadEntry', 'WorkloadGroup'])(
    'has none for a %s, whose proxy is installed elsewhere',
    async kind => {
      await renderMesh(<EnrolAdvice workloads={[ofKind(kind)]} />, {
        entity: plainEntity,
      });
      expect(advice()).not.toBeInTheDocument();
    },
  );
});
