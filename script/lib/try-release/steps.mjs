import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import YAML from 'yaml';
import { UserError } from '../userError.mjs';
import { root } from './run.mjs';

/** What the documentation says to do, as it says it: the README, and the page of the part that is optional. */
export function documentedSteps() {
  const readme = stepsIn('README.md', 'Install into your own portal');
  const policies = stepsIn('docs/policies.md', 'Installation');
  const [config] = readme.configs;
  const [traces] = stepsText('docs/traces.md', 'Configure a store', 'yaml');
  if (!config || !traces) {
    throw new UserError(
      'README.md or docs/traces.md has no configuration for the new portal',
    );
  }
  const { mesh } = YAML.parse(config);
  return {
    adds: [...readme.adds, ...policies.adds],
    registrations: [...readme.registrations, ...policies.registrations],
    config: { mesh: { ...mesh, ...YAML.parse(traces).mesh } },
  };
}

/** The code of one language in a section of a page. */
function stepsText(file, heading, language) {
  const text = readFileSync(join(root, file), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [steps] = section.split('\n## ');
  return [
    ...steps.matchAll(
      new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'),
    ),
  ].map(([, block]) => block.trim());
}

function stepsIn(file, heading) {
  const blocks = language => stepsText(file, heading, language);
  const adds = blocks('sh')
    .flatMap(block => block.split('\n'))
    .map(line => /^yarn --cwd (\S+) add (\S+)$/.exec(line))
    .filter(Boolean)
    .map(([, workspace, name]) => ({ workspace, name }));
  const registrations = blocks('ts').flatMap(block => block.split('\n'));
  if (adds.length === 0 || registrations.length === 0) {
    throw new UserError(
      `${file} has no steps under "${heading}" that this script understands`,
    );
  }
  return { adds, registrations, configs: blocks('yaml') };
}
