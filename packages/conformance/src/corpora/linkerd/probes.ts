import { linkerdProbePaths, MeshSnapshot } from 'backstage-plugin-mesh-common';
import { z } from 'zod';

const querySchema = z.object({ namespace: z.string(), pod: z.string() });

/** The paths that the kubelet asks for, by port. */
export function probeAnswer(snapshot: MeshSnapshot, query: unknown): unknown {
  const { namespace, pod: name } = querySchema.parse(query);
  const pod = snapshot.get('Pod', namespace, name);
  if (!pod) {
    throw new Error(`There is no Pod ${namespace}/${name}`);
  }
  return Object.fromEntries(
    [...linkerdProbePaths(pod)].map(([port, paths]) => [
      String(port),
      [...paths].sort(),
    ]),
  );
}
