import { defineCheck } from '../check';
import { fullNameOf } from '../naming';
import { hostPorts, usesOf } from '../serviceEntryPorts';

/** ServiceEntries that the same clients see give one port of a host different protocols. */
export const conflictingProtocols = defineCheck({
  code: 'IST0177',
  aliases: ['KIA1212'],
  level: 'warning',
  title: 'ServiceEntries disagree about the protocol of a port',
  explanation:
    'Several ServiceEntries that the same clients see have one host and port, with different protocols. Proxies use one of them, and which one is not for you to choose: requests may be treated as bytes, or TLS as plaintext. Agree on one protocol, or restrict exportTo.',
  upstream:
    'serviceentry.ConflictingServiceEntryProtocolAnalyzer (istioctl, from 1.31); serviceentries.MultiMatchChecker, ServiceEntryChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/ServiceEntry',
  needs: [],
  *run(entry, snapshot) {
    for (const { key, host, port } of hostPorts(entry)) {
      const uses = usesOf(snapshot, entry, key);
      const protocols = [...new Set(uses.map(({ protocol }) => protocol))];
      if (protocols.length > 1) {
        const names = new Set(uses.map(use => fullNameOf(use.entry)));
        yield {
          message: `ServiceEntry ${[...names]
            .sort()
            .join(', ')}: port ${port} of ${host} is ${protocols
            .map(protocol => protocol || 'of no protocol')
            .sort()
            .join(
              ' and ',
            )}: give it one protocol, or let no client see both (exportTo)`,
          field: 'spec.ports',
        };
        return;
      }
    }
  },
});
