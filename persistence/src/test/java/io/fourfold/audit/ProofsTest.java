package io.fourfold.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofsTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final int SIZE_MAX = 70;

    /** The leaves of the reference implementation's tests of RFC 6962. */
    private static final List<byte[]> VECTOR = List.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(HEX::parseHex)
            .map(Merkle::leaf)
            .toList();

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void theRootsAreThoseOfTheReference(int size, String root) {
        assertThat(HEX.formatHex(compact(VECTOR, size))).isEqualTo(root);
        assertThat(HEX.formatHex(naive(VECTOR.subList(0, size)))).isEqualTo(root);
    }

    @Test
    void thePathsAreThoseOfTheExamplesInTheStandard() {
        List<byte[]> d = VECTOR.subList(0, 7);
        assertThat(hex(Proofs.inclusion(0, 7, tree(d)))).containsExactly(root(d, 1, 2), root(d, 2, 4), root(d, 4, 7));
        assertThat(hex(Proofs.inclusion(6, 7, tree(d)))).containsExactly(root(d, 4, 6), root(d, 0, 4));
        assertThat(hex(Proofs.consistency(3, 7, tree(d))))
                .containsExactly(root(d, 2, 3), root(d, 3, 4), root(d, 0, 2), root(d, 4, 7));
        assertThat(hex(Proofs.consistency(4, 7, tree(d)))).containsExactly(root(d, 4, 7));
        assertThat(hex(Proofs.consistency(6, 7, tree(d)))).containsExactly(root(d, 4, 6), root(d, 6, 7), root(d, 0, 4));
    }

    @Test
    void everyLeafOfEveryTreeIsProvedAndNothingElseIs() {
        List<byte[]> leaves = leaves(SIZE_MAX);
        for (int size = 1; size <= SIZE_MAX; size++) {
            byte[] root = naive(leaves.subList(0, size));
            assertThat(compact(leaves, size)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = Proofs.inclusion(index, size, tree(leaves));
                assertThat(Proofs.isIncluded(leaves.get(index), index, size, path, root))
                        .as("%d of %d", index, size)
                        .isTrue();
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        assertThat(Proofs.isIncluded(leaves.get(index), other, size, path, root))
                                .isFalse();
                        assertThat(Proofs.isIncluded(leaves.get(other), index, size, path, root))
                                .isFalse();
                    }
                }
                assertThat(Proofs.isIncluded(leaves.get(index), index, size, broken(path, root, index), root))
                        .isFalse();
            }
        }
    }

    @Test
    void everyTreeIsConsistentWithEveryLaterOneAndWithNoOther() {
        List<byte[]> leaves = leaves(SIZE_MAX);
        for (int to = 0; to <= SIZE_MAX; to++) {
            for (int from = 0; from <= to; from++) {
                byte[] older = naive(leaves.subList(0, from));
                byte[] newer = naive(leaves.subList(0, to));
                List<byte[]> path = Proofs.consistency(from, to, tree(leaves));
                assertThat(Proofs.isConsistent(from, older, to, newer, path))
                        .as("%d of %d", from, to)
                        .isTrue();
                assertThat(Proofs.isConsistent(from, newer, to, older, path)).isEqualTo(from == to);
                assertThat(Proofs.isConsistent(from, older, to, newer, broken(path, newer, to)))
                        .as("%d of %d, broken", from, to)
                        .isFalse();
                if (from > 0 && from < to) {
                    List<byte[]> changed = new ArrayList<>(leaves.subList(0, to));
                    changed.set(from - 1, Merkle.leaf(new byte[] {1}));
                    assertThat(Proofs.isConsistent(
                                    from, older, to, naive(changed), Proofs.consistency(from, to, tree(changed))))
                            .isFalse();
                }
            }
        }
    }

    /** One hash changed, or one too many where there is none. */
    private static List<byte[]> broken(List<byte[]> path, byte[] root, int seed) {
        List<byte[]> broken = new ArrayList<>(path);
        if (broken.isEmpty()) {
            broken.add(root);
            return broken;
        }
        int at = new Random(seed).nextInt(broken.size());
        byte[] hash = broken.get(at).clone();
        hash[at] ^= 1;
        broken.set(at, hash);
        return broken;
    }

    private static List<byte[]> leaves(int count) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Merkle.leaf(ByteBuffer.allocate(4).putInt(i).array()));
        }
        return leaves;
    }

    private static Proofs.Subtrees tree(List<byte[]> leaves) {
        return (start, end) -> naive(leaves.subList((int) start, (int) end));
    }

    private static String root(List<byte[]> leaves, int start, int end) {
        return HEX.formatHex(naive(leaves.subList(start, end)));
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HEX::formatHex).toList();
    }

    private static byte[] compact(List<byte[]> leaves, int size) {
        CompactRange range = new CompactRange();
        leaves.subList(0, size).forEach(range::add);
        return range.root();
    }

    /** The definition, word for word: the largest power of two smaller than n goes to the left. */
    private static byte[] naive(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Merkle.empty();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return Merkle.node(naive(leaves.subList(0, k)), naive(leaves.subList(k, leaves.size())));
    }
}
