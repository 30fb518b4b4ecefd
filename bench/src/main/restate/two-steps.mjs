// A handler of two steps that do nothing. Wants @restatedev/restate-sdk beside it and a port as its argument.
import * as restate from "@restatedev/restate-sdk";

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
