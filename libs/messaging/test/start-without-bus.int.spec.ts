import { eventually } from '@cleanroom/testing';
import { AbsentBus } from './absent-bus.js';
import { TwoServices } from './two-services.js';
import { writeEffect } from './write-effect.js';

describe('a service that starts while its bus is away', () => {
  let services: TwoServices;
  let bus: AbsentBus;

  beforeEach(async () => {
    services = await TwoServices.start();
    bus = new AbsentBus(services.testBus.bus);
  });
  afterEach(() => services.close());

  it('starts, says that no messages flow, and tells and hears of everything once the bus is there', async () => {
    const producer = await services.runProducer(bus);
    const consumer = await services.runConsumer(writeEffect, { bus });
    await services.append('hp_1', 1);
    expect([producer.healthy(), consumer.healthy()]).toEqual([false, false]);
    expect(await services.effects()).toEqual([]);
    bus.isThere = true;
    await eventually(async () => expect(await services.effects('hp_1')).toEqual([1]));
    await eventually(() => producer.healthy() && consumer.healthy());
  });
});
