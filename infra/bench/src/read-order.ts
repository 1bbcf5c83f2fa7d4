/** What the process that started this one wants of it: the first thing that it sends over its channel. */
export const readOrder = <Order>(): Promise<Order> =>
  new Promise((resolve) => {
    // The channel alone keeps no child of an installation alive.
    process.channel?.ref();
    process.once('message', (order) => {
      process.channel?.unref();
      resolve(order as Order);
    });
  });
