import { Field } from '../../validation/Field';
import { memberName } from './authorizationSource';
import { Problems, refused } from '../../validation/report';

const SOURCES = [
  'namespaces',
  'serviceAccounts',
  'trustDomains',
  'principals',
  'requestPrincipals',
].flatMap(name => [name, `not${name[0].toUpperCase()}${name.slice(1)}`]);

const KEYS = [
  'source.namespace',
  'source.serviceAccount',
  'source.trustDomain',
  'source.principal',
];

/** A CUSTOM policy has rules and a provider, and its rules ask for nothing that is known only after the provider. */
export function* customProblems(spec: Field): Problems {
  const provider = spec.get('provider').get('name');
  if (!spec.get('rules').isFilled) {
    yield refused(
      spec.get('rules'),
      'CUSTOM action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request',
    );
  } else if (provider.text === '') {
    yield refused(provider, '`provider.name` must not be empty');
  }
  for (const rule of spec.get('rules').items) {
    for (const entry of rule.get('from').items) {
      for (const name of SOURCES) {
        const list = entry.get('source').get(name);
        if (list.items.length > 0) {
          yield refused(
            list,
            `From.${memberName(
              name,
            )} is currently not supported with CUSTOM action`,
          );
        }
      }
    }
    for (const condition of rule.get('when').items) {
      const key = condition.get('key');
      if (KEYS.includes(key.text) || key.text.startsWith('request.auth.')) {
        yield refused(
          key,
          `${key.text} is currently not supported with CUSTOM action`,
        );
      }
    }
  }
}
