// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "core/base/file.h"
#include "core/crypto/secret_bytes.h"
#include "core/services/auth/htpasswd.h"
#include "core/services/auth/password_hash.h"

#include <iostream>
#include <string>

#include <termios.h>
#include <unistd.h>

namespace weft::cli {
namespace {

/// While it lives, the terminal does not show what is typed.
class WithoutEcho {
public:
    WithoutEcho() {
        if (::tcgetattr(STDIN_FILENO, &before_) == 0) {
            auto silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
        }
    }
    WithoutEcho(const WithoutEcho&) = delete;
    WithoutEcho& operator=(const WithoutEcho&) = delete;
    ~WithoutEcho() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        }
    }

private:
    termios before_{};
    bool changed_ = false;
};

StatusOr<crypto::SecretBytes> readLine(std::istream& in) {
    std::string line;
    if (!std::getline(in, line)) {
        return invalidArgument("no password came: type it, or give it as a line on the input");
    }
    crypto::SecretBytes password(line);
    crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    return password;
}

/// From the terminal twice, else one line of the input.
StatusOr<crypto::SecretBytes> readPassword(Context& context) {
    const bool asks = &context.in == &std::cin && ::isatty(STDIN_FILENO) == 1;
    if (!asks) {
        return readLine(context.in);
    }
    const WithoutEcho silent;
    context.notes << "Password: " << std::flush;
    WEFT_ASSIGN_OR_RETURN(auto first, readLine(context.in));
    context.notes << "\nAgain: " << std::flush;
    WEFT_ASSIGN_OR_RETURN(const auto second, readLine(context.in));
    context.notes << '\n';
    if (!equalInConstantTime(first, second)) {
        return invalidArgument("the two passwords differ: nothing was changed");
    }
    return first;
}

}  // namespace

Status runPasswd(Context& context, const Parsed& parsed) {
    const std::string path = parsed.text("FILE");
    const std::string user = parsed.text("USER");
    // What cannot be changed is found before anybody types a password.
    auto present = base::readFileWithOwner(path, services::Htpasswd::kMaxFileBytes);
    if (!present.ok() && present.status().code() != StatusCode::kNotFound) {
        return annotate(present.status(), "{}", path);
    }
    const bool isNew = !present.ok();
    const std::string text = isNew ? "" : present->bytes;
    WEFT_ASSIGN_OR_RETURN(const auto password, readPassword(context));
    WEFT_ASSIGN_OR_RETURN(const auto hash, services::makeHash(password));
    WEFT_ASSIGN_OR_RETURN(const auto made, services::Htpasswd::withUser(text, user, hash));
    const Status written = isNew ? base::createFileAtomically(path, made)
                                 : base::writeFileAtomically(path, made, present->mode);
    WEFT_RETURN_IF_ERROR(annotate(written, "writing {}", path));
    if (const auto checked = services::Htpasswd::parse(made); !checked.ok()) {
        context.notes << "A server will not start with this file yet: "
                      << messageOf(checked.status()) << '\n';
    }
    if (!context.out.quiet()) {
        context.out.line(safe(user));
    }
    return okStatus();
}

}  // namespace weft::cli
