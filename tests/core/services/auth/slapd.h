// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temp_dir.h"

#include <string>

#include <sys/types.h>

namespace weft::tests {

/// A directory server of the system's (slapd) on loopback, with its data in a folder that goes with
/// it. Ends with this object.
class Slapd {
public:
    /// Whether the program is installed.
    static bool isInstalled();

    Slapd();
    Slapd(const Slapd&) = delete;
    Slapd& operator=(const Slapd&) = delete;
    ~Slapd();

    /// Answers, with the people below loaded.
    bool isUp() const { return up_; }
    std::string localUri() const;
    std::string plainUri() const { return "ldap://127.0.0.1:" + std::to_string(plainPort_); }
    std::string tlsUri() const { return "ldaps://127.0.0.1:" + std::to_string(tlsPort_); }
    std::string authorityFile() const { return (folder_.path() / "ca.crt").string(); }
    /// Stops answering without closing its sockets.
    void freeze() const;

    static constexpr const char* kBase = "ou=people,dc=mesh,dc=example";
    static constexpr const char* kSearcher = "cn=searcher,dc=mesh,dc=example";
    static constexpr const char* kSearcherPassword = "look around";

private:
    void writeFiles() const;
    void load() const;
    void launch();
    bool answers() const;

    TempDir folder_;
    int plainPort_ = 0;
    int tlsPort_ = 0;
    pid_t process_ = -1;
    bool up_ = false;
};

}  // namespace weft::tests
