package io.fourfold.trust;

/** The lower bound of Wilson's score interval (1927), 95 %. */
final class Wilson {

    private static final double Z = 1.959964;

    private Wilson() {}

    /** Of a share of successes; counts may be fractions. 0 for no observations, and exactly 0 for no successes. */
    static double lowerBound(double successes, double observations) {
        if (observations <= 0 || successes <= 0) {
            return 0;
        }
        double p = successes / observations;
        double z2 = Z * Z;
        double middle = p + z2 / (2 * observations);
        double spread = Z * Math.sqrt(Math.max(0, p * (1 - p)) / observations + z2 / (4 * observations * observations));
        return (middle - spread) / (1 + z2 / observations);
    }
}
