// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/detail/edwards.h"

#include "core/base/check.h"
#include "core/crypto/detail/openssl.h"

namespace weft::crypto::detail {
namespace {

BignumPtr number() {
    BignumPtr made(BN_new());
    WEFT_CHECK(made != nullptr);
    return made;
}

BignumPtr fromHex(const char* text) {
    BIGNUM* made = nullptr;
    WEFT_CHECK(BN_hex2bn(&made, text) != 0);
    return BignumPtr(made);
}

/// Public values only: nothing here takes care of timing. A failing call means that memory ran
/// out, which ends the process as it does everywhere else.
class Field {
public:
    Field() : context_(BN_CTX_new()) { WEFT_CHECK(context_ != nullptr); }

    const BIGNUM* prime() const { return constants().prime.get(); }

    BignumPtr add(const BignumPtr& a, const BignumPtr& b) {
        auto out = number();
        WEFT_CHECK(BN_mod_add(out.get(), a.get(), b.get(), prime(), context_.get()) == 1);
        return out;
    }
    BignumPtr subtract(const BignumPtr& a, const BignumPtr& b) {
        auto out = number();
        WEFT_CHECK(BN_mod_sub(out.get(), a.get(), b.get(), prime(), context_.get()) == 1);
        return out;
    }
    BignumPtr multiply(const BignumPtr& a, const BignumPtr& b) {
        auto out = number();
        WEFT_CHECK(BN_mod_mul(out.get(), a.get(), b.get(), prime(), context_.get()) == 1);
        return out;
    }
    BignumPtr square(const BignumPtr& a) { return multiply(a, a); }
    /// Of a value that is not zero.
    BignumPtr inverse(const BignumPtr& a) {
        auto out = number();
        WEFT_CHECK(BN_mod_inverse(out.get(), a.get(), prime(), context_.get()) != nullptr);
        return out;
    }
    /// Whether a square root exists (Euler's criterion); true for zero.
    bool isSquare(const BignumPtr& a) {
        auto out = number();
        WEFT_CHECK(
            BN_mod_exp(out.get(), a.get(), constants().halfOrder.get(), prime(), context_.get())
            == 1);
        return BN_is_zero(out.get()) == 1 || BN_is_one(out.get()) == 1;
    }
    /// The curve's d (RFC 8032 section 5.1).
    const BignumPtr& d() const { return constants().d; }
    /// The A of Curve25519 (RFC 7748 section 4.1).
    const BignumPtr& a() const { return constants().a; }
    const BignumPtr& one() const { return constants().one; }

private:
    struct Constants {
        BignumPtr prime =
            fromHex("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED");
        BignumPtr halfOrder =
            fromHex("3FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6");
        BignumPtr d = fromHex("52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3");
        BignumPtr a = fromHex("76D06");
        BignumPtr one = fromHex("1");
    };
    static const Constants& constants() {
        static const Constants values;
        return values;
    }

    BignumContextPtr context_;
};

/// Whether x^2 = (y^2 - 1) / (d y^2 + 1) has a solution with the sign bit asked for.
bool isOnCurve(Field& field, const BignumPtr& y, bool negativeX) {
    const auto ySquared = field.square(y);
    const auto numerator = field.subtract(ySquared, field.one());
    if (BN_is_zero(numerator.get()) == 1) {
        // x is 0, which has no negative.
        return !negativeX;
    }
    const auto denominator = field.add(field.multiply(field.d(), ySquared), field.one());
    // n/d is a square exactly when n*d is.
    return field.isSquare(field.multiply(numerator, denominator));
}

/// Whether eight times the point is nothing, by doubling on the x-only form X/Z.
bool hasSmallOrder(Field& field, const BignumPtr& u) {
    auto x = field.add(u, number());
    auto z = field.add(field.one(), number());
    for (int doubling = 0; doubling < 3; ++doubling) {
        const auto xx = field.square(x);
        const auto zz = field.square(z);
        const auto xz = field.multiply(x, z);
        auto curve = field.add(field.add(xx, field.multiply(field.a(), xz)), zz);
        curve = field.multiply(xz, curve);
        curve = field.add(curve, curve);
        x = field.square(field.subtract(xx, zz));
        z = field.add(curve, curve);
    }
    return BN_is_zero(z.get()) == 1;
}

}  // namespace

std::optional<std::array<std::uint8_t, 32>> montgomeryU(const std::array<std::uint8_t, 32>& point) {
    auto bytes = point;
    const bool negativeX = (bytes.back() & 0x80U) != 0;
    bytes.back() &= 0x7FU;

    const BignumPtr y(BN_lebin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    WEFT_CHECK(y != nullptr);
    Field field;
    if (BN_cmp(y.get(), field.prime()) >= 0 || !isOnCurve(field, y, negativeX)) {
        return std::nullopt;
    }
    const auto below = field.subtract(field.one(), y);
    if (BN_is_zero(below.get()) == 1) {
        return std::nullopt;
    }
    const auto u = field.multiply(field.add(field.one(), y), field.inverse(below));
    if (hasSmallOrder(field, u)) {
        return std::nullopt;
    }
    std::array<std::uint8_t, 32> out{};
    WEFT_CHECK(BN_bn2lebinpad(u.get(), out.data(), static_cast<int>(out.size())) >= 0);
    return out;
}

}  // namespace weft::crypto::detail
