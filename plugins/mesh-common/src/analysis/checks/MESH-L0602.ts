import { anchorsIn } from '../../linkerd/control-plane/certificates';
import { BUNDLE } from '../../linkerd/control-plane/trustRoots';
import { defineCheck } from '../check';
import { endingCertificate } from '../endingCertificate';
import { refOf } from '../naming';

export const trustAnchorEnds = defineCheck({
  code: 'MESH-L0602',
  aliases: ['l5d-identity-trustAnchors-are-time-valid'],
  level: 'error',
  title: 'A trust anchor has ended, or ends soon',
  explanation:
    'Proxies trust each other by the trust anchors. When one ends, everything that was issued under it is refused at once, and no proxy can renew its certificate. It is replaced in steps: add the new anchor to the bundle, restart what is meshed, issue a new issuer under it, restart again, and only then take the old one out.',
  upstream:
    'pkg/healthcheck, "trust anchors are within their validity period", "trust anchors are valid for at least 60 days" (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: [],
  readsClock: true,
  *run(configMap, snapshot, now) {
    if (!now) {
      return;
    }
    for (const anchor of anchorsIn({ snapshot, mesh: 'linkerd' }, configMap)) {
      const ending = endingCertificate(anchor, now);
      if (ending) {
        yield {
          message: `${anchor.title} in ${refOf(configMap)} ${ending.text}`,
          field: `data.${BUNDLE}`,
          level: ending.level,
        };
      }
    }
  },
});
