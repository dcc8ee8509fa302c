import { isRegex, regexComplaint } from './rustRegex';

it.each([
  '/users/[0-9]+',
  '/v(?P<version>[0-9]+)/.*',
  '(?i)/Cart|/BASKET',
  '(?ix)/cart',
  '(?i-u:cart)',
  '(?:a|b){2,3}',
  'a{2000}',
  'a{2,}?',
  'a**',
  '[[:alpha:]_]+',
  '[]a]',
  '[(?=]',
  '[a-z&&[^aeiou]]',
  '[a[b-c]]',
  '[\\w-]+',
  '[-.\\w]+',
  '[^\\]]',
  '[&&]',
  '[--]',
  '\\(\\?=x\\)',
  '\\{id\\}',
  'a{ 2 , 3 }',
  '(?i:a)+',
  '\\u{1F600}\\u00e9',
  '\\b{start}cart',
  '\\p{Greek}\\pL',
  '',
])('takes %s', text => {
  expect(regexComplaint(text)).toBeUndefined();
  expect(isRegex(text)).toBe(true);
});

it.each([
  ['/cart(?!/admin)', 'look-around'],
  ['(?<=/v1)/cart', 'look-around'],
  ['(?=a)', 'look-around'],
  ['(a)\\1', 'back-references'],
  ['(?P<a>x)\\k<a>', 'back-references'],
  ['/users/{id}', '\\{'],
  ['a{}', '\\{'],
  ['a{,2}', '\\{'],
  ['(?i)*', 'repeat'],
  ['(?)a', 'no flags'],
  ['(?ii)a', 'twice'],
  ['(?i-)a', 'after the -'],
  ['\\Qa.b\\E', '\\Q'],
  ['\\07', '\\0'],
  ['(', 'missing'],
  ['[a', 'missing'],
  ['*a', 'missing'],
  ['a\\', 'trailing'],
  ['[z-a]', 'range'],
  ['[\\w-.]+', 'range'],
  ['[a-\\d]', 'range'],
  ['[^[]+', 'missing'],
  ['[[]', 'missing'],
  ['[\\b]', 'no character'],
  ['a{3,1}', 'repeat'],
  ['a*{3,1}', 'repeats'],
  ['\\y', 'escape'],
])('refuses %s', (text, why) => {
  expect(regexComplaint(text)).toContain(why);
  expect(isRegex(text)).toBe(false);
});

it.each([
  ['classes within classes', '[', 'nested'],
  ['braces that do not end', '\\x{', '\\{'],
])('refuses very many %s', (_, part, why) => {
  expect(regexComplaint(part.repeat(100_000))).toContain(why);
});
