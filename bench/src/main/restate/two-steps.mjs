// A handler of two steps that do nothing, for RoundTrip. Wants @restatedev/restate-sdk beside it and a port as its
// argument; then POST {"uri": "http://127.0.0.1:PORT"} to /deployments of the Restate server's admin port.
import * as restate from "@restatedev/restate-sdk";

// Node 20 has not got it yet.
Promise.withResolvers ??= () => {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
};

const steps = restate.service({
  name: "bench",
  handlers: {
    run: async (ctx, input) => {
      const first = await ctx.run("first", () => input + "1");
      return ctx.run("second", () => first + "2");
    },
  },
});

restate.serve({ services: [steps], port: Number(process.argv[2]) });
