// at: services/console/src/domain/sample.ts | refused: knows no browser
export const title = (): string => document.title;
