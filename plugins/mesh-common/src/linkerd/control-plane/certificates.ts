import {
  ControlPlaneCertificate,
  ControlPlaneFact,
} from '../../contract/controlPlane';
import { ConfigMap } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  bundledCertificates,
  certificateOf,
  keptInSecret,
  managedCertificate,
  Subject,
  unknownCertificate,
} from '../../mesh/control-plane/certificates';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { defineTally } from '../../snapshot/defineTally';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { proxyOf, proxySetting } from '../proxy';
import {
  BUNDLE,
  bundleOf,
  TRUST_ROOTS,
  trustRoots,
  trustRootsProblems,
} from './trustRoots';

/** The Secret of the issuer. */
export const ISSUER_SECRET = 'linkerd-identity-issuer';

/** As `linkerd check` warns. */
export const WARN_BELOW_DAYS = 60;

const ANCHOR: Subject = {
  id: 'trust-anchor',
  title: 'Trust anchor',
  warnBelowDays: WARN_BELOW_DAYS,
};

/** What issues the certificates of proxies. */
export const ISSUER: Subject = {
  id: 'issuer',
  title: 'Issuer of the proxies’ certificates',
  warnBelowDays: WARN_BELOW_DAYS,
};

/**
 * What identities of Linkerd are issued with: the trust anchors, which are public and in a ConfigMap, and the issuer,
 * which is in a Secret: known where a Certificate of cert-manager fills that.
 *
 * Upstream: pkg/healthcheck, category linkerd-identity.
 */
export function certificatesOf(
  about: About,
  { namespace }: ControlPlaneConfig,
): ControlPlaneCertificate[] {
  const issuer = certificateOf(about.snapshot, namespace, ISSUER_SECRET);
  return [
    ...anchorsOf(about, namespace),
    issuer
      ? managedCertificate(about, ISSUER, issuer)
      : unknownCertificate(
          ISSUER,
          keptInSecret(about, namespace, ISSUER_SECRET),
        ),
  ];
}

function anchorsOf(about: About, namespace: string): ControlPlaneCertificate[] {
  const unread = unreadKind(about, 'certificate', 'ConfigMap');
  if (unread) {
    return [unknownCertificate(ANCHOR, unread)];
  }
  const found = trustRoots(about.snapshot, namespace);
  return found
    ? anchorsIn(about, found.configMap)
    : [
        unknownCertificate(
          ANCHOR,
          notKnown(
            about,
            'certificate',
            'absent',
            `ConfigMap ${namespace}/${TRUST_ROOTS} is not read: only one with the label linkerd.io/control-plane-ns is, as the chart writes it`,
          ),
        ),
      ];
}

/** The trust anchors in a ConfigMap; none where it is another one. */
export function anchorsIn(
  about: About,
  configMap: ConfigMap,
): ControlPlaneCertificate[] {
  const pem = bundleOf(configMap);
  return pem === undefined
    ? []
    : bundledCertificates(about, ANCHOR, pem, {
        kind: 'ConfigMap',
        object: configMap,
        field: `data.${BUNDLE}`,
        named: `ConfigMap ${namespaceOf(configMap)}/${TRUST_ROOTS}`,
      });
}

/** What is wrong with the text of the trust anchors; nothing where they are not read, which is told of the certificates. */
export function bundleFacts(
  about: About,
  { namespace }: ControlPlaneConfig,
): ControlPlaneFact[] {
  const found = trustRoots(about.snapshot, namespace);
  if (!found) {
    return [];
  }
  return trustRootsProblems(found.pem).map(({ refused, text }, index) =>
    fact(
      `trust-anchors-${index + 1}`,
      'Bundle of trust anchors',
      judged(
        about,
        'trust-anchors',
        refused ? 'bad' : 'notice',
        `In ConfigMap ${namespace}/${TRUST_ROOTS} ${text}`,
        {
          kind: 'ConfigMap',
          object: found.configMap,
          field: `data.${BUNDLE}`,
        },
      ),
    ),
  );
}

const anchorTallies = defineTally('Pod', pod => {
  const proxy = proxyOf(pod);
  return (
    (proxy && proxySetting(proxy, 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS')) ||
    undefined
  );
});

/**
 * Whether proxies trust what the control plane does: they are told the trust anchors when they are made, and after a
 * rotation know only the old ones until they are restarted.
 *
 * Upstream: pkg/healthcheck, "data plane proxies certificate match CA" (l5d-identity-data-plane).
 */
export function anchorsOfProxiesFact(
  about: About,
  { namespace }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'proxies-trust';
  const title = 'Trust anchors of proxies';
  const unread =
    unreadKind(about, id, 'ConfigMap') ?? unreadKind(about, id, 'Pod');
  if (unread) {
    return fact(id, title, unread);
  }
  const found = trustRoots(about.snapshot, namespace);
  if (!found) {
    return fact(
      id,
      title,
      notKnown(
        about,
        id,
        'absent',
        'The trust anchors are not known, so that those of proxies cannot be compared with them',
      ),
    );
  }
  const { same, other } = compareAnchors(about, found.pem);
  const decider = {
    kind: 'ConfigMap' as const,
    object: found.configMap,
    field: `data.${BUNDLE}`,
  };
  if (same + other === 0) {
    return fact(
      id,
      title,
      judged(about, id, 'info', 'No proxy says which anchors it trusts'),
    );
  }
  return fact(
    id,
    title,
    other === 0
      ? judged(about, id, 'good', `All ${same} proxies have them`, decider)
      : judged(
          about,
          id,
          'notice',
          `${other} of ${
            same + other
          } proxies have other trust anchors than the control plane: they were made before a rotation. Restart their workloads before an anchor is taken away`,
          decider,
        ),
  );
}

function compareAnchors({ snapshot }: About, pem: string) {
  const wanted = pem.trim();
  let same = 0;
  let other = 0;
  for (const [anchors, pods] of anchorTallies.inAll(snapshot)) {
    if (anchors.trim() === wanted) {
      same += pods;
    } else {
      other += pods;
    }
  }
  return { same, other };
}
