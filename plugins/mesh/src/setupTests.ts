import '@testing-library/jest-dom';
import { toHaveNoViolations } from 'jest-axe';

expect.extend(toHaveNoViolations);

// Whole pages, drawn and checked by axe on a busy machine.
jest.setTimeout(30_000);
