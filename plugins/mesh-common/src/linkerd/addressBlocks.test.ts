import { parseBlock } from './addressBlocks';

it.each([
  ['10.1.2.3', '10.1.2.3/32'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['010.0.0.0/08', '10.0.0.0/8'],
  ['fd00::1', 'fd00::1/128'],
  ['fd00::/8', 'fd00::/8'],
  ['::10.1.2.3', '::a01:203/128'],
  ['::ffff:10.01.2.3/120', '::ffff:a01:203/120'],
  ['::/000', '::/0'],
])('reads %s as %s', (text, expected) => {
  const block = parseBlock(text);
  expect(block && `${block[0]}/${block[1]}`).toBe(expected);
});

it.each([
  '',
  '10.0.0',
  '10.0.0.0/33',
  '10.0.0.0/008',
  '10.0.0.0/',
  '10.0.0.0/+8',
  '010.0.0.0',
  '10.0.0.256',
  '0xa.0.0.1',
  '::10.0.0.256',
  '::10.0.0.01',
  '::0010.0.0.1/120',
  'fd00::/129',
  'fd00::/0064',
  'fe80::1%eth0',
  'localhost',
])('"%s" is no block', text => {
  expect(parseBlock(text)).toBeUndefined();
});
