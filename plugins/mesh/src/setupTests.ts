import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { toHaveNoViolations } from 'jest-axe';

expect.extend(toHaveNoViolations);

// Whole pages, drawn and checked by axe on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });
