// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: every file of a corpus folder, then a number of damaged
// copies of them. An input that ends the process or does not come back is shown in hex.
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/time.h>
#include <unistd.h>

namespace {

/// Processor time that one input may take. Honest inputs take microseconds.
constexpr int kMaxSecondsPerInput = 10;
constexpr std::uint64_t kDefaultMutations = 2000;
constexpr std::uint64_t kDefaultSeed = 1;

struct Options {
    std::filesystem::path corpus;
    std::uint64_t mutations = kDefaultMutations;
    std::uint64_t seed = kDefaultSeed;
};

/// The input that runs, for the signal handler: such a handler may read nothing else.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): a signal handler has no argument
const char* currentData = nullptr;
std::size_t currentSize = 0;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void writeError(std::string_view text) {
    // Nothing can be done about a broken stderr in a handler.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

void showInputAndExit(int signal) {
    writeError(signal == SIGVTALRM ? "input does not come back:\n" : "input that failed:\n");
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (std::size_t i = 0; i < currentSize; ++i) {
        const auto byte = static_cast<unsigned char>(currentData[i]);
        const std::array<char, 2> hex{kDigits[byte >> 4U], kDigits[byte & 0xfU]};
        writeError({hex.data(), hex.size()});
    }
    writeError("\n");
    ::_exit(1);
}

void runOne(const std::string& input) {
    currentData = input.data();
    currentSize = input.size();
    ::itimerval limit{};
    limit.it_value.tv_sec = kMaxSecondsPerInput;
    ::setitimer(ITIMER_VIRTUAL, &limit, nullptr);
    // A copy without slack at its end, so that the address sanitizer sees a read behind it.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    limit.it_value.tv_sec = 0;
    ::setitimer(ITIMER_VIRTUAL, &limit, nullptr);
}

std::optional<std::uint64_t> numberOf(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

std::optional<Options> optionsOf(const std::vector<std::string_view>& arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool isMutations = arguments[i] == "--mutations";
        if (isMutations || arguments[i] == "--seed") {
            const auto number = ++i < arguments.size() ? numberOf(arguments[i]) : std::nullopt;
            if (!number) {
                return std::nullopt;
            }
            (isMutations ? options.mutations : options.seed) = *number;
        } else if (options.corpus.empty()) {
            options.corpus = arguments[i];
        } else {
            return std::nullopt;
        }
    }
    return options.corpus.empty() ? std::nullopt : std::optional(options);
}

/// The files in the order of their names, so that a run can be repeated.
std::vector<std::string> readCorpus(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> inputs;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

}  // namespace

int main(int count, char** values) {
    const auto options = optionsOf({values + 1, values + count});
    if (!options) {
        std::fprintf(stderr, "usage: %s CORPUS-FOLDER [--mutations N] [--seed N]\n", values[0]);
        return 2;
    }
    auto inputs = readCorpus(options->corpus);
    if (inputs.empty()) {
        std::fprintf(stderr, "%s: no corpus\n", options->corpus.c_str());
        return 2;
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGVTALRM}) {
        std::signal(signal, showInputAndExit);
    }

    for (const auto& input : inputs) {
        runOne(input);
    }
    const auto files = inputs.size();
    weft::fuzz::Mutator mutator(std::move(inputs), options->seed);
    for (std::uint64_t i = 0; i < options->mutations; ++i) {
        runOne(mutator.next());
    }
    std::printf(
        "%zu files and %llu mutations of them, seed %llu\n",
        files,
        static_cast<unsigned long long>(options->mutations),
        static_cast<unsigned long long>(options->seed));
    return 0;
}
