// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/logins.h"

#include "core/base/log.h"
#include "core/crypto/digest.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::services {

namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

}  // namespace

Logins::Logins(
    std::vector<std::unique_ptr<Authenticator>> authenticators,
    const base::Clock& clock,
    LoginLimits limits)
    : authenticators_(std::move(authenticators))
    , clock_(clock)
    , limits_(limits)
    , secret_(crypto::randomBytes(32)) {
    for (std::size_t i = 0; i < limits_.threads; ++i) {
        threads_.push_back(std::make_unique<base::AsioLoop>("login"));
    }
}

Logins::~Logins() {
    stop();
}

Authenticator* Logins::authenticatorFor(Credentials::Scheme scheme) const {
    const auto found = std::ranges::find_if(
        authenticators_, [scheme](const auto& each) { return each->scheme() == scheme; });
    return found == authenticators_.end() ? nullptr : found->get();
}

std::string Logins::keyOf(const Credentials& credentials) const {
    std::string text =
        fmt::format("{}/{}/", static_cast<int>(credentials.scheme), credentials.username.size());
    text += credentials.username;
    text += credentials.password.revealText();
    auto key = crypto::asString(crypto::hmacSha256(secret_, text));
    crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return key;
}

void Logins::check(Credentials credentials, const std::string& source, Done done) {
    auto* const authenticator = authenticatorFor(credentials.scheme);
    if (authenticator == nullptr || credentials.username.empty()
        || credentials.username.size() > Credentials::kMaxNameBytes || credentials.password.empty()
        || credentials.password.size() > Credentials::kMaxPasswordBytes) {
        done(wrongCredentials());
        return;
    }
    auto attempt = std::make_shared<Attempt>();
    attempt->key = keyOf(credentials);
    attempt->credentials = std::move(credentials);
    attempt->source = source;
    attempt->authenticator = authenticator;
    // May look at a file, so not below with the lock held.
    attempt->generation = authenticator->generation();
    StatusOr<std::string> known = makeStatus(StatusCode::kUnknown, "");
    bool isNew = false;
    Status refused;
    std::size_t thread = 0;
    {
        const base::MutexLock lock(mutex_);
        known = lookUp(attempt->key, attempt->generation);
        if (!known.ok()) {
            refused = enqueue(*attempt, done, &isNew);
            thread = isNew ? nextThread_++ % threads_.size() : 0;
        }
    }
    if (known.ok() || !refused.ok()) {
        done(known.ok() ? known : refused);
    } else if (isNew) {
        threads_[thread]->post(
            [this, attempt = std::shared_ptr<const Attempt>(std::move(attempt))] { run(attempt); });
    }
}

StatusOr<std::string> Logins::lookUp(const std::string& key, std::uint64_t generation) {
    const auto found = remembered_.find(key);
    if (found == remembered_.end() || found->second.generation != generation
        || clock_.now() >= found->second.until) {
        return makeStatus(StatusCode::kUnknown, "");
    }
    return found->second.identity;
}

Status Logins::enqueue(const Attempt& attempt, const Done& done, bool* isNew) {
    if (stopped_) {
        return cancelled("the server is shutting down");
    }
    if (waiting_ >= limits_.waiting) {
        return resourceExhausted("too many logins wait: try again later");
    }
    const auto found = underWay_.find(attempt.key);
    if (found != underWay_.end()) {
        found->second.push_back(done);
    } else if (limiter_.begin(attempt.source, attempt.credentials.username, clock_.now())) {
        underWay_[attempt.key].push_back(done);
        *isNew = true;
    } else {
        return resourceExhausted("too many logins failed: try again in a minute");
    }
    ++waiting_;
    return okStatus();
}

void Logins::run(const std::shared_ptr<const Attempt>& attempt) {
    const StatusOr<std::string> identity =
        stopped_ ? cancelled("the server is shutting down")
                 : attempt->authenticator->identityOf(attempt->credentials);
    if (identity.status().code() == StatusCode::kUnauthenticated) {
        log().warn(
            "login failed name={} source={}",
            base::quoted(attempt->credentials.username),
            base::quoted(attempt->source));
    }
    std::vector<Done> waiting;
    {
        const base::MutexLock lock(mutex_);
        const auto found = underWay_.find(attempt->key);
        waiting = std::move(found->second);
        underWay_.erase(found);
        waiting_ -= waiting.size();
        if (identity.status().code() != StatusCode::kUnauthenticated) {
            limiter_.takeBack(attempt->source, attempt->credentials.username);
        }
        if (identity.ok()) {
            remember(*attempt, *identity);
        }
    }
    for (const auto& done : waiting) {
        done(identity);
    }
}

void Logins::remember(const Attempt& attempt, const std::string& identity) {
    const TimePoint now = clock_.now();
    if (remembered_.size() >= limits_.mostRemembered) {
        std::erase_if(remembered_, [now](const auto& entry) { return now >= entry.second.until; });
    }
    if (remembered_.size() >= limits_.mostRemembered) {
        remembered_.erase(std::ranges::min_element(
            remembered_, {}, [](const auto& entry) { return entry.second.until; }));
    }
    remembered_[attempt.key] = {identity, now + limits_.remembered, attempt.generation};
}

void Logins::stop() {
    stopped_ = true;
    for (const auto& thread : threads_) {
        thread->stop();
    }
}

}  // namespace weft::services
