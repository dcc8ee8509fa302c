import { render } from '@testing-library/react';
import { NamesInText } from './NamesInText';

describe('NamesInText', () => {
  it.each([
    ['lets in a.b-c/d.', 'lets in a.<wbr>b-c/<wbr>d.'],
    ['No name. Two sentences: one', 'No name. Two sentences: one'],
    ['', ''],
  ])('breaks %j as %j', (text, html) => {
    const { container } = render(<NamesInText text={text} />);
    expect(container.innerHTML).toBe(html);
    expect(container.textContent).toBe(text);
  });
});
