import { apiMatrix } from './api-matrix.js';
import { auditTrail } from './audit-trail.js';
import { everyField } from './every-field.js';
import { exampleClient } from './example-client.js';
import { startTestInstallation, type TestInstallation } from './installation.js';
import { money } from './money.js';
import { partialAnswers } from './partial-answers.js';
import { readmeExamples } from './readme-examples.js';
import { subscriptions } from './subscriptions.js';

// Starting an installation takes longer than most of these, so that they share one; at last comes what stops it.
describe('the API of an installation', () => {
  let installation: TestInstallation;
  const running = (): TestInstallation => installation;

  beforeAll(async () => {
    installation = await startTestInstallation();
  }, 360_000);

  afterAll(() => installation?.stop(), 60_000);

  describe('as a whole', apiMatrix(running));
  describe('by subscription', subscriptions(running));
  describe('as a partner uses it, by the example', exampleClient(running));
  describe('about money', money(running));
  describe('about who did what', auditTrail(running));
  describe('in every field', everyField(running));
  describe('as the README shows it, its examples', readmeExamples(running));
  describe('while one service is away', partialAnswers(running));
});
