// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/auth/slapd.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/crypto/certificate.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <csignal>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::tests {

namespace {

constexpr const char* kProgram = "/usr/sbin/slapd";
constexpr std::chrono::seconds kPatience{20};

constexpr std::string_view kSettings = R"(include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {0}/pid
TLSCACertificateFile {0}/ca.crt
TLSCertificateFile {0}/server.crt
TLSCertificateKeyFile {0}/server.key
TLSVerifyClient never
database mdb
maxsize 16777216
suffix "dc=mesh,dc=example"
rootdn "cn=searcher,dc=mesh,dc=example"
rootpw "look around"
directory {0}/data
)";

// "eve" is there twice; "frozen" is disabled; the uid of "paren" is a filter of its own.
constexpr std::string_view kPeople = R"(dn: dc=mesh,dc=example
objectClass: dcObject
objectClass: organization
dc: mesh
o: mesh

dn: ou=people,dc=mesh,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=others,ou=people,dc=mesh,dc=example
objectClass: organizationalUnit
ou: others

dn: uid=bravo,ou=people,dc=mesh,dc=example
objectClass: inetOrgPerson
uid: bravo
cn: Bravo
sn: B
employeeNumber: node-bravo
employeeType: active
userPassword: correct horse

dn: uid=frozen,ou=people,dc=mesh,dc=example
objectClass: inetOrgPerson
uid: frozen
cn: Frozen
sn: F
employeeType: disabled
userPassword: correct horse

dn: uid=eve,ou=people,dc=mesh,dc=example
objectClass: inetOrgPerson
uid: eve
cn: Eve
sn: E
userPassword: correct horse

dn: uid=eve,ou=others,ou=people,dc=mesh,dc=example
objectClass: inetOrgPerson
uid: eve
cn: Eve
sn: E
userPassword: correct horse

dn: cn=paren,ou=people,dc=mesh,dc=example
objectClass: inetOrgPerson
uid: a*)(uid=\\b
cn: paren
sn: P
userPassword: correct horse
)";

/// A port that was free a moment ago: slapd cannot be told to choose one.
int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    WEFT_CHECK(::bind(socket, plain, length) == 0);
    WEFT_CHECK(::getsockname(socket, plain, &length) == 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

pid_t start(std::vector<std::string> words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    // Whoever reads what the test writes must not wait for the end of this one.
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
    pid_t child = -1;
    const int error = ::posix_spawn(&child, kProgram, &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? child : -1;
}

}  // namespace

bool Slapd::isInstalled() {
    return ::access(kProgram, X_OK) == 0;
}

Slapd::Slapd() : plainPort_(freePort()), tlsPort_(freePort()) {
    writeFiles();
    load();
    launch();
}

Slapd::~Slapd() {
    if (process_ > 0) {
        ::kill(process_, SIGCONT);
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
}

void Slapd::freeze() const {
    ::kill(process_, SIGSTOP);
}

std::string Slapd::localUri() const {
    std::string path = (folder_.path() / "socket").string();
    for (std::size_t at = 0; (at = path.find('/', at)) != std::string::npos; at += 3) {
        path.replace(at, 1, "%2F");
    }
    return "ldapi://" + path;
}

void Slapd::writeFiles() const {
    const auto now = std::chrono::system_clock::now();
    const std::chrono::hours day(24);
    const auto authority = crypto::CertificateAuthority::create("directory", now - day, 2 * day);
    const auto key = crypto::generateTlsKey();
    WEFT_CHECK(authority.ok() && key.ok());
    const crypto::CertificateRequestParams names{"localhost", {"localhost"}, {"127.0.0.1"}};
    const auto request = crypto::makeCertificateRequest(*key, names);
    const auto certificate = authority->issue(*request, names, now - std::chrono::hours(1), day);
    WEFT_CHECK(certificate.ok());
    const auto path = folder_.path();
    WEFT_CHECK(base::writeFileAtomically(path / "ca.crt", authority->certificatePem()).ok());
    WEFT_CHECK(base::writeFileAtomically(path / "server.crt", *certificate).ok());
    WEFT_CHECK(base::writeFileAtomically(path / "server.key", key->revealText()).ok());
    const auto settings = fmt::format(fmt::runtime(kSettings), path.string());
    WEFT_CHECK(base::writeFileAtomically(path / "slapd.conf", settings).ok());
    WEFT_CHECK(base::writeFileAtomically(path / "people.ldif", kPeople).ok());
    WEFT_CHECK(base::makeFolders(path / "data").ok());
}

void Slapd::load() const {
    const auto path = folder_.path();
    const pid_t child = start(
        {"slapd",
         "-T",
         "add",
         "-f",
         (path / "slapd.conf").string(),
         "-l",
         (path / "people.ldif").string()});
    int result = -1;
    WEFT_CHECK(child > 0 && ::waitpid(child, &result, 0) == child);
    WEFT_CHECK(WIFEXITED(result) && WEXITSTATUS(result) == 0);
}

void Slapd::launch() {
    // In the foreground, so that the process that is started is the one that is ended.
    process_ = start(
        {"slapd",
         "-d",
         "0",
         "-f",
         (folder_.path() / "slapd.conf").string(),
         "-h",
         fmt::format(
             "{} ldap://127.0.0.1:{} ldaps://127.0.0.1:{}", localUri(), plainPort_, tlsPort_)});
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (process_ > 0 && !up_ && std::chrono::steady_clock::now() < deadline) {
        up_ = answers();
        std::this_thread::yield();
    }
}

bool Slapd::answers() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(tlsPort_));
    const bool connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

}  // namespace weft::tests
