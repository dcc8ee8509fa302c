import { Verdict, WorkloadRef } from 'backstage-plugin-mesh-common';
import { workloadLabel } from '../../format/refs';
import { MeshTranslate } from '../../translation';
import { portsOfViews, PortView, WorkloadView } from './workloadViews';

/**
 * The verdict on the workloads as a sentence that says where, by what decided it. Where nothing of them
 * decided it, since the answers are of different moments, the sentence says the verdict alone.
 */
export function protectionSentence(
  t: MeshTranslate,
  verdict: Verdict,
  views: readonly WorkloadView[],
): string {
  return placedSentence(t, verdict, views) ?? t(`verdict.${verdict}`);
}

function placedSentence(
  t: MeshTranslate,
  verdict: Verdict,
  views: readonly WorkloadView[],
): string | undefined {
  const ports = portsOfViews(views);
  const deciding = ports.filter(({ port }) => port.verdict.value === verdict);
  switch (verdict) {
    case 'protected':
      return protectedSentence(t, ports);
    case 'mtls-in-use':
      return deciding.length === 0
        ? undefined
        : t('mtls.sentence.inUse', { place: portPlace(t, deciding) });
    case 'in-part':
      return inPartSentence(t, deciding, views);
    case 'unprotected':
      if (deciding.length === 0) {
        return undefined;
      }
      return deciding.every(
        ({ port }) => port.accepts.value === 'plaintext-only',
      )
        ? t('mtls.sentence.unprotectedOnly', { place: portPlace(t, deciding) })
        : t('mtls.sentence.unprotectedClients', {
            place: portPlace(t, deciding),
          });
    case 'not-in-mesh': {
      const outside = outsideOf(views);
      return outside.length === 0
        ? undefined
        : t('mtls.sentence.notInMesh', {
            count: outside.length,
            place: workloadPlace(t, outside),
          });
    }
    default:
      return unknownSentence(
        t,
        deciding,
        views.filter(view => view.verdict.value === verdict),
      );
  }
}

function unknownSentence(
  t: MeshTranslate,
  ports: readonly PortView[],
  views: readonly WorkloadView[],
): string | undefined {
  if (ports.length > 0) {
    return t('mtls.sentence.unknown', { place: portPlace(t, ports) });
  }
  return views.length > 0
    ? t('mtls.sentence.unknown', { place: workloadPlace(t, views) })
    : undefined;
}

function protectedSentence(
  t: MeshTranslate,
  ports: readonly PortView[],
): string | undefined {
  if (ports.length === 0) {
    return undefined;
  }
  const strict = ports.filter(
    ({ port }) => port.accepts.value === 'mtls-only',
  ).length;
  return strict === 0
    ? t('mtls.sentence.protectedNothing', { count: ports.length })
    : t('mtls.sentence.protected', {
        strict: String(strict),
        count: ports.length,
      });
}

function inPartSentence(
  t: MeshTranslate,
  deciding: readonly PortView[],
  views: readonly WorkloadView[],
): string | undefined {
  if (deciding.length > 0) {
    return t('mtls.sentence.inPartAccepts', { place: portPlace(t, deciding) });
  }
  const seen = views.filter(view => view.verdict.value === 'in-part');
  if (seen.length > 0) {
    return t('mtls.sentence.inPartSeen', { place: workloadPlace(t, seen) });
  }
  const outside = outsideOf(views);
  return outside.length > 0
    ? t('mtls.sentence.inPartOutside', { place: workloadPlace(t, outside) })
    : undefined;
}

function outsideOf(views: readonly WorkloadView[]): WorkloadView[] {
  return views.filter(view => view.verdict.value === 'not-in-mesh');
}

function portPlace(t: MeshTranslate, ports: readonly PortView[]): string {
  return place(
    t,
    ports.map(({ workload, port }) =>
      portTitle(t, port.port, workload.mtls.workload),
    ),
  );
}

function workloadPlace(
  t: MeshTranslate,
  views: readonly WorkloadView[],
): string {
  return place(
    t,
    views.map(view => workloadLabel(view.mtls.workload)),
  );
}

function place(t: MeshTranslate, names: readonly string[]): string {
  const [first = '', ...more] = names;
  return more.length === 0
    ? first
    : t('mtls.sentence.more', { first, count: more.length });
}

/** `port 8080 of reviews-v2 (east)` */
export function portTitle(
  t: MeshTranslate,
  port: number,
  workload: WorkloadRef,
): string {
  return t('mtls.sentence.port', {
    port: String(port),
    workload: workloadLabel(workload),
  });
}
