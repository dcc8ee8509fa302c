import { AnyCheck, MESHES } from 'backstage-plugin-mesh-common';

/** The page `docs/checks.md`: every check of the catalogue, by code, those that run only where they are asked for too. */
export function checksPage(
  checks: readonly AnyCheck[],
  optional: readonly AnyCheck[],
): string {
  const always = new Set(checks.map(({ code }) => code));
  const byCode = new Map<string, AnyCheck[]>();
  for (const check of [...checks, ...optional]) {
    byCode.set(check.code, [...(byCode.get(check.code) ?? []), check]);
  }
  const codes = [...byCode].sort(([a], [b]) => a.localeCompare(b));
  return [
    '# Checks',
    'The portal and the command `mesh analyze` look for these mistakes. Codes of Istio (`IST…`) and Kiali (`KIA…`) are the ones that their tools report; `MESH-…` codes are ours. This page is written from the catalogue of checks by `yarn workspace backstage-mesh-cli docs:checks`.',
    tableOf(codes),
    ...codes.map(([code, same]) => section(same, !always.has(code))),
  ].join('\n\n');
}

function tableOf(codes: readonly [string, AnyCheck[]][]): string {
  const rows = codes.map(([code, [{ level, title }]]) => [
    `[${code}](#${code.toLowerCase()})`,
    level,
    title,
  ]);
  const table = [['Code', 'Level', 'What is wrong'], ...rows];
  const widths = [0, 1, 2].map(column =>
    Math.max(...table.map(row => row[column].length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [
    line(table[0]),
    `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

function section(same: readonly AnyCheck[], isOptional: boolean): string {
  const [{ code, title, level, explanation, mesh }] = same;
  const aliases = [
    ...new Set(same.flatMap(check => check.aliases ?? [])),
  ].sort();
  const subjects = [...new Set(same.map(({ subject }) => `\`${subject}\``))];
  const sources = [
    ...new Set(same.flatMap(({ upstream }) => upstream.split('; '))),
  ];
  const facts = [
    `Level: ${level}`,
    `Mesh: ${MESHES.find(({ id }) => id === mesh)?.title ?? 'any'}`,
    `Looks at: ${subjects.join(', ')}`,
    ...(aliases.length > 0 ? [`Also known as: ${aliases.join(', ')}`] : []),
    `Source: ${sources.join('; ')}`,
    ...(isOptional
      ? [
          `Runs only where it is asked for: \`mesh analyze --optional-check ${code}\`, or \`mesh.analysis.optionalChecks\``,
        ]
      : []),
  ];
  return [
    `## ${code}`,
    `**${title}.** ${explanation}`,
    facts.map(fact => `- ${fact}`).join('\n'),
  ].join('\n\n');
}
