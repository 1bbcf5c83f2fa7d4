import { readOrder } from './read-order.js';

describe('the command that makes secrets', () => {
  it('means the stores of docker-compose.yml where none are named', () => {
    expect(readOrder([], '/root')).toEqual({
      folder: '/root/infra/compose/secrets',
      postgres: 'postgres:5432',
      bus: 'kafka://kafka:9092',
    });
  });

  it.each([
    [['--folder', ''], /--folder/],
    [['--postgres', 'db.example'], /--postgres takes host:port, not "db.example"/],
    [['--bus', 'redis://cache:6379'], /--bus/],
    [['--overwrite'], /--overwrite/],
    [['somewhere'], /somewhere/],
  ])('refuses %j and names what it does not understand', (args, message) => {
    expect(() => readOrder(args, '/root')).toThrow(message);
  });

  it('never repeats an address that may hold a password', () => {
    expect(() => readOrder(['--bus', 'amqp://user:hush@host'], '/root')).not.toThrow(/hush/);
    expect(() => readOrder(['--bus', 'amqp://user:hush@host'], '/root')).toThrow();
  });
});
