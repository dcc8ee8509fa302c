import { defineCheck } from '../check';
import { fullNameOf, refOf } from '../naming';
import { hostPorts, usesOf } from '../serviceEntryPorts';

/** Several ServiceEntries have one host and port. Where they disagree about the protocol, that is IST0177. */
export const entriesOfOnePort = defineCheck({
  code: 'KIA1211',
  level: 'warning',
  title: 'ServiceEntries have one host and port',
  explanation:
    'Of ServiceEntries that the same clients see with one host and port, proxies use one: endpoints, resolution and location of the others have no effect. Keep one, or let no client see both (exportTo).',
  upstream: 'serviceentries.MultiMatchChecker, ServiceEntryChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/ServiceEntry',
  needs: [],
  *run(entry, snapshot) {
    for (const { key, host, port, index, protocol } of hostPorts(entry)) {
      const uses = usesOf(snapshot, entry, key);
      const others = new Set(
        uses.filter(use => use.entry !== entry).map(use => use.entry),
      );
      if (others.size > 0 && uses.every(use => use.protocol === protocol)) {
        yield {
          message: `${refOf(entry)} has port ${port} of ${host}, as ${[
            ...others,
          ]
            .map(fullNameOf)
            .sort()
            .join(', ')}: proxies use one of them`,
          field: `spec.ports[${index}]`,
        };
      }
    }
  },
});
