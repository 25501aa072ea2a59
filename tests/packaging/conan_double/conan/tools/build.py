def check_min_cppstd(conanfile, standard):
    conanfile.min_cppstd = standard
