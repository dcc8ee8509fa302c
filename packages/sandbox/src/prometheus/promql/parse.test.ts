import { BadQuery, ExecutionError } from './errors';
import { parse } from './parse';

it.each([
  ['', /no expression found|unexpected end/],
  ['sum(', /1:5: parse error: unexpected end of input/],
  ['up{job="a"', /unexpected end of input/],
  ['up foo', /1:4: parse error/],
  ['up\n  + +\n  )', /3:3: parse error: unexpected "\)"/],
  ['{}', /at least one non-empty matcher/],
  ['{job=~".*"}', /at least one non-empty matcher/],
  [
    'rate(up)',
    /expected type range vector in call to function "rate", got instant vector/,
  ],
  ['sum(up[5m])', /expected type instant vector in aggregation expression/],
  ['rate(up[0s])', /duration must be greater than 0/],
  ['sum(up)[5m]', /ranges only allowed for vector selectors/],
  ['1 > 2', /must use BOOL modifier/],
  ['1 and 2', /not allowed in binary scalar expression/],
  ['up + bool up', /bool modifier can only be used on comparison operators/],
  ['up + on (job) 1', /vector matching only allowed between instant vectors/],
  ['topk(up)', /wrong number of arguments/],
  ['clamp_min(up)', /expected 2 argument/],
  ['up{job=~"("}', /error parsing regexp/],
  ['up{job=~"(?=x)"}', /invalid or unsupported Perl syntax/],
  ['up{job="\\q"}', /unknown escape sequence/],
])('says what is wrong with %j', (query, message) => {
  expect(() => parse(query)).toThrow(BadQuery);
  expect(() => parse(query)).toThrow(message);
});

it.each([
  ['up offset 5m', '`offset`'],
  ['up @ 5', 'the `@` modifier'],
  ['rate(up[5m:1m])', 'subqueries'],
  ['rate(up[5m * 2])', 'the computed range [5m * 2]'],
  ['up * on (job) group_left (x) up', '`group_left`'],
  ['up * on (job) group_right up', '`group_right`'],
  ['quantile(0.5, up)', 'the aggregation quantile()'],
  ['stddev(up)', 'the aggregation stddev()'],
  ['avg_over_time(up[5m])', 'the function avg_over_time()'],
  ['label_replace(up, "a", "b", "c", "d")', 'the function label_replace()'],
  ['absent(up)', 'the function absent()'],
  ['up atan2 up', '`atan2`'],
  ['"text"', 'a text as an expression'],
  ['{"a.b"}', 'quoted names'],
  ['up{job=~"(?i)a"}', 'the regular expression "(?i)a"'],
])('names what it does not know in %j', (query, construct) => {
  expect(() => parse(query)).toThrow(ExecutionError);
  expect(() => parse(query)).toThrow(
    `the sandbox does not evaluate ${construct};`,
  );
});
