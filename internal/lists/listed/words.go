package listed

import "strings"

func set(text string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		words[word] = true
	}
	return words
}

// titles are what stands before or behind a person's name and never in a company's.
var titles = set(`mr mrs ms miss dr prof professor engineer ing captain capt colonel col general gen sheikh shaykh haji hajji mullah brigadier
	lieutenant major jr sr ii iii iv`)

// companyWords are legal forms and the words that companies and offices are named with.
var companyWords = set(`
	ltd limited llc llp lp inc incorporated corp corporation co company companies plc gmbh ag kg ohg ug sa sas sarl spa srl sl slu nv bv ab as asa aps oy oyj
	oo ooo oao zao pao ao jsc ojsc cjsc pjsc pte pty pvt private public sdn bhd fzc fze fzco fzllc dmcc sal saoc wll kft zrt doo dd jd ead ood eood sro
	lda ltda cv rl fsue fgup npo npc npp npf nii okb kb cjc tov fz spc anstalt est gie scp psc sae kk gk
	group holding holdings trading trade traders trader trust fund bank banking finance financial invest investment investments capital insurance
	international intl global worldwide national world universal import imports importers export exports exporters impex commerce commercial
	industrial industrie industries industry manufacturing manufacturer manufactory factory plant works mill mills foundry
	technology technologies technological technik tech technics technical techno electronics electronic electric electrical electro elektronik elektronische elektronica
	microelectronics optics optical semiconductor semiconductors microwave circuits microcircuit systems system software hardware computer computers computing data digital network networks
	telecom telecommunication telecommunications communication communications wireless radio internet online web net solutions solution services service servicing support
	engineering engineers engineered construction contracting contractors contractor building builders materials equipment equipments machinery machine machines tools tool instruments instrument devices components parts spare
	products product supply supplies supplier suppliers procurement purchasing logistics logistic transport transportation transporte transportes shipping ship shipbuilding shipyard maritime marine navigation lines line freight forwarding forwarders cargo
	aviation aero aeronautical aeronautics aerospace aircraft airline airlines airways air avia helicopter helicopters jet jets flight flights space rocket rockets missile missiles
	energy power oil petroleum petrochemical petrochemicals gas nuclear atomic chemical chemicals chemistry pharma pharmaceutical pharmaceuticals medical medicine health hospital clinic biotech biotechnology laboratory laboratories labs lab
	metals metal metallurgical metallurgy steel aluminium aluminum mining minerals mines coal textile textiles fibers fiber plastics polymer polymers nonwovens
	enterprise enterprises business ventures venture partners partner partnership associates association agency agencies consulting consultants consultancy management advisory bureau office
	foundation institute institution institution university universities college academy school faculty center centre centers society committee council commission ministry department directorate administration authority
	government state federal republic army navy force forces military defense defence armament arms weapons ordnance brigade corps regiment command security intelligence police
	organization organisation organizations organisations union federation party front movement
	research development science sciences scientific design innovation innovations production
	shop store stores market markets marketing sales sale retail wholesale distribution distributors distributor dealer dealers zone outlet mall supermarket
	auto automotive motor motors vehicles cars truck trucks rail railways railway port ports terminal airport hotel hotels travel tours tourism media press television studio film publishing
	agro agricultural agriculture food foods farm farms water environment environmental
	house concern complex combine plants refinery refining yard base unit division branch subsidiary project projects program
	handel handels vertriebs vertrieb industrie bauelemente produktion gesellschaft empresa compania sociedad grupo comercio commercio comercializadora distribuidora servicios
	kompaniya zavod predpriyatie obshchestvo tsentr korporatsiya kontsern torgovyy dom
	sanat sanaye sherkat tejarat bazargani payesh niru nirou
	precision advanced applied united universal zone express and the of for with by`)

// placeWords are names of places that companies take and persons hardly do.
var placeWords = set(`
	lebanon iran syria russia russian china chinese india pakistan turkey germany ukraine belarus dubai emirates moscow tehran beijing shanghai shenzhen hong kong hongkong
	singapore malaysia europe european asia asian america american africa african arab arabian persian pacific atlantic orient oriental western eastern northern southern usa uk uae eu
	hk prc uae gz sz iranian syrian korean korea japan japanese`)

// givenNames tell a person's name. Only names that hardly any company is called by are here.
var givenNames = set(`
	aaron abbas abdallah abdel abdol abdolreza abdul abdulah abdulamir abdulla abdullah abolfazl abolhassan abraham abu adam adel adnan adrian afshin ahmad ahmed ajay akbar akeem alberto alejandro aleksandr aleksandra aleksei aleksey
	alex alexander alexandre alexei alexey alfonso alfredo ali alireza allah amin amir amirhossein ammar anastasia anatoli anatoliy anatoly anders andre andrea andreas andrei andrey andrew andrii angel angela ann anna anne anthony antoine anton
	antonio ardeshir arash arman armen armin arnold arthur artem artur artush asad asadollah asghar ashot atif aydin ayman ayub aziz babak bahman bahram barbara basel bashar bassam behnam behrouz behzad benjamin bernard beverly bijan bilal bob boris brian bruce
	carl carlos carol catherine cesar charles chris christian christina christopher claudia craig cynthia cyrus dalia daniel darioush dariush darya david davoud dawood dean deborah denis dennis diana diego dieter dimitri dmitri dmitrii dmitriy dmitry
	don donald donna douglas ebrahim edgar eduard eduardo edward edwin ehsan elaheh elena elham elizabeth emil emma enrique eric erik ernest ernesto esfandiar eugene evgeni evgeniy evgeny fadi faisal farhad farhang fariba farid farrokh faruk fatemeh fatima fazel
	felipe felix fereydoun fernando francis francisco frank fred frederic gabriel galina gary gennadi gennadiy gennady george georgi gerald gerard gholam gholamreza gholamhossein giovanni gordon grigori grigory guillermo gunther gustavo habib hadi haidar hakim hamed hamid hamidreza
	hamza hans harold harry hasan hashem hassan hector heidar helen helmut henry herbert hisham homayoun horst hossein houshang hugo hussain hussein husayn ibrahim igor ihor ilya imad imran ina irina isa isaac ismael ismail issa issam ivan iyad jack jacob jacques jalal jamal james jamil jamshid
	jan jane janet jason javad javed javier jean jeff jeffrey jennifer jens jeremy jerry jesus jim jimmy joan joel johan johann john johnny jonathan jorge jose josef joseph joshua joyce juan judith julia julio justin kamal kambiz kamran karen karim karl kaveh kazem keith kelly ken kenneth kevin khaled khalid khalil
	khosrow kirill konstantin kurt larisa larry laura laurence lawrence leonid linda lisa louis luis lyudmila mahdi mahmood mahmoud mahmud majid malik mansour manuel marc marcel marco marcus margaret maria marina mario mark marko markus marta martin mary maryam masoud massoud matthew mauricio max maxim mazen
	mehdi mehmet mehrdad mehran melissa michael michel miguel mihail mikhail milad mina mir mohamad mohamed mohammad mohammed mohammadreza mohd mohsen mojtaba morteza mostafa mousa muhammad muhammed mukhtar murat musa mustafa nabil nader nadia naser nasser natalia natalya nazanin nicolas nicholas nikolai nikolay nima noor oleg olga omar omid oscar osman
	pablo parviz patricia patrick paul paula pavel pedro pejman peter petr philip philippe pierre piotr rafael rafiq rahim rahman raj rajesh ramazan ramin ramon raul ravi raymond reza richard robert roberto rodrigo roger roland roman ronald rosa ruben ruslan russell ruth saad sadegh saeed saeid said salah saleh salem salim salman sam samer sami samir samuel sandra sara sarah scott sean
	sedigheh sergei sergey sergii sergio seyed seyyed sayed sayyed shahab shahin shahram shahriar sharon siamak siavash simon sina soheil soleiman stephen steve steven sulaiman susan svetlana tahir tareq tariq tatiana tatyana terry theodore thomas timothy tony tatyana usama usman vadim valentin valeri valeriy valery vasili vasiliy vasily vera victor viktor vitali vitaliy vitaly vladimir volodymyr vyacheslav
	walid walter wassim wei wilhelm william xiaoming yaser yasin yasir yasser yevgeni yevgeniy yevgeny youssef yousef yuri yuriy yury yusuf zahid zahir zahra ziad zoran
	aleksander anastasya anastassia anastasiya anatolii aristeidis assadullah bernhard berge bing christof cheng chun djamshid elizaveta ergin farshid feroz ferenc gerhard ghasem gotthard gulnihal hamideh hermann iraj irum jalaluddin kapil kursad liubov luciano
	manfred mariya maryan moslem myra nahum natalie niki oksana qadir qari ralph ramil ravil resit selim serop sher socrates stanislav taha timur traian valentina vladislav wai warren waseem yekaterina yong yuliya zbynek zurab zhanna`)

// surnames are common family names of China and Korea in Latin letters. With one at either end, two or three short words
// are a person's name.
var surnames = set(`bai cai cao chan chang chen cheng cheung chin choe choi chow chu chung dai deng ding dong du fan fang feng fu gao ge geng gong gu guo han he ho hong hsu hu huang hui hwang jang jia jiang jin jo
	kang kim ko kong kwok kwon lai lam lau lee leung li liang liao lim lin liu lo lu luo ma mao meng mok ngai ni oh ouyang paek pak pan pang park peng qian qiao qin qiu ren ri rim ryu shao shen shi siu song su sun tam tan tang tao tian tong tsang tse
	wan wang wei wen wong wu xia xiao xie xiong xu xue yan yang yao ye yi yin yip yoon you yu yuan yun zeng zhai zhang zhao zheng zhong zhou zhu zhuang zou`)
