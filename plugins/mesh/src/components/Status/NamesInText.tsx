import { Fragment } from 'react';

/** A sentence in which long names, such as identities, may be broken after their dots and slashes, and not within words. */
export function NamesInText({ text }: { text: string }) {
  return (
    <>
      {text.split(/(?<=\w[./:@])(?=\w)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
