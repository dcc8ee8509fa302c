import { z } from 'zod';
import { Comparison } from '../../corpus';
import { modeOn, serverPod } from '../istiodInbound';
import { MtlsCase, mtlsCluster } from './case';

/** A port of which no policy speaks. */
const ANY_PORT = 65_000;

/** The mode of a workload, and of its ports. */
export function effectiveMode(entry: MtlsCase): Comparison {
  const snapshot = mtlsCluster(entry);
  const pod = serverPod(snapshot, entry);
  const { expect } = entry;
  const ports = z
    .record(z.string(), z.string())
    .optional()
    .parse(expect.perPort);
  return {
    expected: { mode: expect.mode, perPort: ports },
    actual: {
      mode:
        expect.mode === undefined
          ? undefined
          : modeOn(snapshot, pod, entry.port ?? ANY_PORT),
      perPort:
        ports &&
        Object.fromEntries(
          Object.keys(ports).map(port => [
            port,
            modeOn(snapshot, pod, Number(port)),
          ]),
        ),
    },
  };
}
